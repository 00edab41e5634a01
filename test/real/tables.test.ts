// Real tables with the pipelines of this repository, as the command line runs them, for several seeds.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const data = process.env.LANEWISE_DATA ?? resolve(root, "../shared/data");
const lacks = (file: string): boolean => !existsSync(join(data, file));
for (const file of ["seaborn/penguins.csv", "adult/adult.data"])
  if (lacks(file)) console.log(`${file} is not here: set LANEWISE_DATA to a folder that holds it to run its test`);

const out = mkdtempSync(join(tmpdir(), "lanewise-tables-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** The numbers of the test rows. */
function test(pipeline: string, seed: number): Readonly<Record<string, number>> {
  const folder = join(out, `${pipeline}-${seed}`);
  const main = join(root, "dist/node/cli/main.js");
  const args = [main, "run", join(root, "pipelines", `${pipeline}.ts`), "--data", data, "--json", "--set", `seed=${seed}`, "--out", folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  expect(status, stderr).toBe(0);
  return (JSON.parse(stdout) as { test: Record<string, number> }).test;
}

const seeds = [7, 8, 9];

describe.skipIf(lacks("seaborn/penguins.csv"))("penguins", () => {
  it("of three seeds are told apart in 97 of 100 cases and more", () => {
    const accuracies = seeds.map((seed) => test("penguins", seed).accuracy as number);
    expect(accuracies.reduce((sum, a) => sum + a, 0) / seeds.length).toBeGreaterThanOrEqual(0.97);
  });
});

describe.skipIf(lacks("adult/adult.data"))("adult", () => {
  it.each(seeds)("with seed %i is right for 85 of 100 people of the official test file", (seed) => {
    const { accuracy, rocAuc } = test("adult", seed);
    expect(accuracy).toBeGreaterThanOrEqual(0.85);
    expect(rocAuc).toBeGreaterThanOrEqual(0.905);
  });
});
