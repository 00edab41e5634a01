// Tables that `lanewise init` has never seen: each gets a pipeline, and each pipeline learns more than its trivial baseline knows.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const data = process.env.LANEWISE_DATA ?? resolve(root, "../shared/data");
const cwd = mkdtempSync(join(tmpdir(), "lanewise-init-"));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function lanewise(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "dist/node/cli/main.js"), ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

/** The table, its target, and what the test rows must reach at least. */
const tables: readonly (readonly [file: string, target: string, metric: "accuracy" | "rocAuc" | "r2", least: number])[] = [
  ["adult/adult.data", "column_15", "rocAuc", 0.9],
  ["seaborn/titanic.csv", "survived", "rocAuc", 0.8],
  ["seaborn/penguins.csv", "species", "accuracy", 0.95],
  ["seaborn/iris.csv", "species", "accuracy", 0.85],
  ["seaborn/mpg.csv", "mpg", "r2", 0.7],
  ["seaborn/mpg.csv", "origin", "accuracy", 0.7],
  ["seaborn/tips.csv", "tip", "r2", 0.1],
  ["seaborn/taxis.csv", "total", "r2", 0.95],
  ["seaborn/flights.csv", "passengers", "r2", 0.8],
  ["seaborn/diamonds.csv", "price", "r2", 0.93],
  ["tabular/breast_cancer.csv", "column_31", "rocAuc", 0.97],
  ["tabular/wine_data.csv", "column_14", "accuracy", 0.9],
  ["tabular/winequality-red.csv.gz", "quality", "accuracy", 0.5],
  ["tabular/german.csv", "column_21", "rocAuc", 0.7],
  ["tabular/horse-colic.csv", "column_24", "rocAuc", 0.7],
  ["tabular/iris.csv", "column_5", "accuracy", 0.85],
  ["tabular/optdigits.tra", "column_65", "accuracy", 0.95],
];

describe.each(tables)("%s", (file, target, metric, least) => {
  it.skipIf(!existsSync(join(data, file)))(`is learned by a pipeline that init wrote: ${target}, ${metric} at least ${least}`, () => {
    const pipeline = `${file.replace(/\W+/g, "-")}-${target}.ts`;
    lanewise("init", join(data, file), "--target", target, "--out", pipeline);
    const { summary } = JSON.parse(lanewise("inspect", pipeline, "--json")) as { summary: { parameters: number } };
    expect(summary.parameters).toBeGreaterThan(10);
    const told = JSON.parse(lanewise("run", pipeline, "--json", "--quiet", "--out", pipeline.slice(0, -3))) as Record<
      "test" | "baseline",
      Record<string, number>
    >;
    console.log(`${file} ${target}: ${metric} ${told.test[metric]?.toFixed(4)}, trivial ${told.baseline[metric]?.toFixed(4)}`);
    expect(told.test[metric]).toBeGreaterThanOrEqual(least);
    expect(told.test[metric]).toBeGreaterThan(told.baseline[metric] as number);
  });
});
