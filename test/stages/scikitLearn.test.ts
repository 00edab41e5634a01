// Scalers and encoders beside scikit-learn's own numbers, which scikitLearn/make.py made.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Descriptor } from "../../src/check.ts";
import { type Column, column, type NumericColumn, type Table } from "../../src/data/table.ts";
import { random } from "../../src/random.ts";
import { normalizeStages } from "../../src/stages/index.ts";
import { log1p } from "../../src/stages/normalize/log1p.ts";
import { quantile } from "../../src/stages/normalize/quantile.ts";
import { robust } from "../../src/stages/normalize/robust.ts";
import { type TargetEncode, targetEncode, targetEncodeStage } from "../../src/stages/normalize/targetEncode.ts";
import type { NumbersStage } from "../../src/stages/stage.ts";
import { finish } from "../../src/stages/work.ts";
import { samples, tableOf } from "./tables.ts";

interface ScalerCase {
  readonly id: string;
  readonly kind: "log1p" | "quantile" | "robust";
  readonly settings: object;
  readonly X: number[][];
  readonly other: number[][];
  readonly transformed: number[][];
  readonly otherTransformed: number[][];
}

interface EncoderCase {
  readonly kind: "targetEncode";
  readonly id: "binary" | "multiclass" | "continuous";
  readonly settings: Omit<TargetEncode, "kind">;
  readonly X: string[][];
  readonly y: (string | number)[];
  readonly other: string[][];
  readonly mean: number[];
  readonly crossFitted: number[][];
  readonly features: string[];
  readonly transformed: number[][];
}

const text = readFileSync(new URL("scikitLearn/normalize.jsonl", import.meta.url), "utf8");
const cases = text
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as ScalerCase | EncoderCase);
const scalers = cases.filter((of) => of.kind !== "targetEncode");
const encoders = cases.filter((of) => of.kind === "targetEncode");

function expectClose(actual: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  expect(actual.length).toBe(expected.length);
  const wanted = expected.flat();
  actual.flat().forEach((value, i) => {
    const error = Math.abs(value - (wanted[i] as number)) / Math.max(1, Math.abs(wanted[i] as number));
    expect(error, `value ${i}: ${value}, not ${wanted[i]}`).toBeLessThanOrEqual(1e-6);
  });
}

const factories = { log1p, quantile, robust };

test.each(scalers)("$kind of $id, $settings", ({ kind: name, settings, X, other, transformed, otherTransformed }) => {
  const stage: Descriptor = factories[name](settings);
  const kind = normalizeStages[name] as NumbersStage<Descriptor, unknown>;
  const fitted = finish(kind.fit(stage, samples(X)));
  const map = (rows: number[][]): number[][] => {
    if (kind.changes === "curve") return rows.map((row) => row.map((x, i) => kind.curve(stage, fitted, i)(x)));
    const { scale, shift } = kind.affine(stage, fitted);
    return rows.map((row) => row.map((x, i) => x * (scale[i] as number) + (shift[i] as number)));
  };
  expectClose(map(X), transformed);
  expectClose(map(other), otherTransformed);
});

const categories = (values: readonly string[]): Column => {
  const names = [...new Set(values)].reverse();
  return { type: "category", categories: names, codes: Int32Array.from(values, (value) => names.indexOf(value)) };
};

function people(rows: readonly (readonly string[])[], y: readonly (string | number)[] = rows.map(() => 0)): Table {
  const of = (i: number): Column => categories(rows.map((row) => row[i] as string));
  const classes = [...new Set(y.map(String))].sort();
  const label: NumericColumn =
    typeof y[0] === "number"
      ? { type: "numeric", shape: [], data: Float64Array.from(y as number[]) }
      : { type: "numeric", shape: [], data: Int32Array.from(y, (of) => classes.indexOf(String(of))), classes };
  return tableOf({ city: of(0), size: of(1), label }, rows.length);
}

const rowsOf = (table: Table): number[][] =>
  Array.from({ length: table.rows }, (_, row) =>
    table.inputs.flatMap((name) => {
      const { data } = column(table, name) as NumericColumn;
      const width = data.length / table.rows;
      return [...data.subarray(row * width, (row + 1) * width)];
    }),
  );

describe("targetEncode", () => {
  test.each(encoders)("of a $id target, $settings", ({ settings, X, y, other, mean, crossFitted, features, transformed }) => {
    const stage = targetEncode(settings);
    const train = people(X, y);
    const fitted = finish(targetEncodeStage.fit(stage, train));
    expectClose([fitted.mean], [mean]);
    const own = finish(targetEncodeStage.applyTrain?.(stage, train, fitted, random(0, 0)) as Generator<number, Table, undefined>);
    expectClose(rowsOf(own), crossFitted);
    expectClose(rowsOf(finish(targetEncodeStage.apply(stage, people(other), fitted))), transformed);
    const names = own.inputs.flatMap((name) => (own.columns[name] as NumericColumn).features ?? [name]);
    expect(names).toEqual(features);
  });
});
