// Real tables with the pipelines of this repository, as the command line runs them, for several seeds.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const data = process.env.LANEWISE_DATA ?? resolve(root, "../shared/data");
const lacks = (file: string): boolean => !existsSync(join(data, file));
const files = {
  penguins: "seaborn/penguins.csv",
  titanic: "seaborn/titanic.csv",
  "breast-cancer": "tabular/breast_cancer.csv",
  wine: "tabular/wine_data.csv",
  diabetes: "tabular/diabetes_target.csv.gz",
  adult: "adult/adult.data",
} as const;
for (const file of Object.values(files))
  if (lacks(file)) console.log(`${file} is not here: set LANEWISE_DATA to a folder that holds it to run its test`);

const out = mkdtempSync(join(tmpdir(), "lanewise-tables-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** The numbers of the test rows, or the means over the folds. */
function test(pipeline: string, seed: number): Readonly<Record<string, number>> {
  const folder = join(out, `${pipeline}-${seed}`);
  const main = join(root, "dist/node/cli/main.js");
  const args = [main, "run", join(root, "pipelines", `${pipeline}.ts`), "--data", data, "--json", "--set", `seed=${seed}`, "--out", folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  expect(status, stderr).toBe(0);
  return (JSON.parse(stdout) as { test: Record<string, number> }).test;
}

const seeds = [7, 8, 9];

describe.each([
  ["penguins", "accuracy", 0.97],
  ["titanic", "accuracy", 0.8],
  ["breast-cancer", "accuracy", 0.96],
  ["wine", "accuracy", 0.97],
  ["diabetes", "r2", 0.42],
] as const)("%s", (pipeline, metric, least) => {
  it.skipIf(lacks(files[pipeline]))(`of three seeds has ${metric} ${least} and more`, () => {
    const values = seeds.map((seed) => test(pipeline, seed)[metric] as number);
    console.log(`${pipeline} ${metric}: ${values.map((value) => value.toFixed(4)).join(", ")}`);
    expect(values.reduce((sum, value) => sum + value, 0) / seeds.length).toBeGreaterThanOrEqual(least);
  });
});

describe.skipIf(lacks(files.adult))("adult", () => {
  it.each(seeds)("with seed %i is right for 85 of 100 people of the official test file", (seed) => {
    const { accuracy, rocAuc } = test("adult", seed);
    console.log(`adult, seed ${seed}: accuracy ${accuracy?.toFixed(4)}, rocAuc ${rocAuc?.toFixed(4)}`);
    expect(accuracy).toBeGreaterThanOrEqual(0.85);
    expect(rocAuc).toBeGreaterThanOrEqual(0.905);
  });
});
