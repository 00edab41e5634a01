import { describe, expect, test } from "vitest";
import { numericColumn, type Table } from "../../src/data/table.ts";
import { type ClipOutliers, clipOutliers, clipOutliersStage } from "../../src/stages/clean/clipOutliers.ts";
import { type DropOutliers, dropOutliers, dropOutliersStage } from "../../src/stages/clean/dropOutliers.ts";
import type { OutlierSettings } from "../../src/stages/clean/outlierLimits.ts";
import { quantile } from "../../src/stages/quantile.ts";
import { finish } from "../../src/stages/work.ts";
import { learn } from "../support/work.ts";
import { tableOf, vectors } from "./tables.ts";

const { NaN: nan } = Number;
const numbers = (...values: number[]) => ({ type: "numeric", shape: [], data: Float64Array.from(values) }) as const;
const clip = (stage: ClipOutliers, table: Table, train = table) =>
  finish(clipOutliersStage.apply(stage, table, learn(clipOutliersStage, stage, train) ?? {}));
const drop = (stage: DropOutliers, table: Table, train = table) =>
  finish(dropOutliersStage.apply(stage, table, learn(dropOutliersStage, stage, train) ?? {}));
const one = tableOf({ x: numbers(1, 2, 2, 3, 3, 3, 4, 4, 5, 100) }, 10);

test("quantiles lie between values in proportion, as NumPy's", () => {
  const sorted = Float64Array.of(1, 2, 4, 8);
  expect([0, 0.25, 0.5, 1].map((q) => quantile(sorted, q))).toEqual([1, 1.75, 3, 8]);
  expect(quantile(sorted, 0.9)).toBeCloseTo(6.8, 12);
  expect(quantile(Float64Array.of(5), 0.3)).toBe(5);
  expect(quantile(Float64Array.of(), 0.3)).toBe(nan);
});

describe("clipOutliers", () => {
  // Quartiles 2.25 and 4; mean 12.7, deviation 29.12061.
  test.each<[OutlierSettings, number, number]>([
    [{}, 1, 6.625],
    [{ factor: 0.5 }, 1.375, 4.875],
    [{ method: "zScore", factor: 2 }, 1, 12.7 + 2 * 29.1206112],
    [{ method: "quantiles", range: [0.1, 0.9] }, 1.9, 14.5],
    [{ method: "quantiles" }, 1.09, 91.45],
  ])("%j", (settings, low, high) => {
    const { table, changed } = clip(clipOutliers(settings), one);
    const { data } = numericColumn(table, "x");
    expect(data[0]).toBeCloseTo(low, 6);
    expect(data[9]).toBeCloseTo(high, 6);
    expect([...data.subarray(1, 9)]).toEqual([2, 2, 3, 3, 3, 4, 4, 5].map((value) => Math.min(value, high)));
    expect(changed).toBe([...data].filter((value, i) => value !== numericColumn(one, "x").data[i]).length);
  });

  test("takes the limits of training rows, feature by feature, tells them, and leaves what is missing", () => {
    const train = tableOf(
      {
        x: vectors([
          [0, 10],
          [4, 10],
          [nan, 10],
        ]),
        y: numbers(1, 2, 3),
      },
      3,
    );
    const table = tableOf(
      {
        x: vectors([
          [-100, 9],
          [nan, 10.5],
        ]),
        y: numbers(nan, 9),
      },
      2,
    );
    const { table: made, note } = clip(clipOutliers({ method: "quantiles", range: [0, 1] }), table, train);
    expect([...numericColumn(made, "x").data]).toEqual([0, 10, nan, 10]);
    expect([...numericColumn(made, "y").data]).toEqual([nan, 3]);
    expect(note).toBe("x: 2 features, y 1 to 3");
  });

  test("equal values are no outliers", () => {
    const equal = tableOf({ x: numbers(...new Array<number>(7).fill(0.1)) }, 7);
    expect(clip(clipOutliers({ method: "zScore", factor: 1e-9 }), equal).changed).toBe(0);
  });

  test.each<[OutlierSettings, string]>([
    [{ range: [0.1, 0.9] }, 'clipOutliers.range: goes with method "quantiles", got "iqr"; "iqr" has a factor'],
    [{ method: "quantiles", factor: 2 }, 'clipOutliers.factor: method "quantiles" has none; it has a range'],
    [{ method: "quantiles", range: [0.9, 0.1] }, "clipOutliers.range: expected [low, high] with low < high, got [0.9,0.1]"],
    [{ method: "zscore" as never }, 'clipOutliers.method: unknown value "zscore"; did you mean "zScore"?'],
    [{ factor: 0 }, "clipOutliers.factor: expected a number > 0, got 0"],
  ])("%j is refused", (settings, message) => {
    expect(() => clipOutliers(settings)).toThrow(message);
  });

  test("a column without numbers is refused", () => {
    expect(() => clip(clipOutliers(), tableOf({ x: numbers(nan, nan) }, 2))).toThrow(
      "clipOutliers: x is missing in every training row; drop it",
    );
    expect(() => clip(clipOutliers(), tableOf({ x: numbers(1, Number.POSITIVE_INFINITY) }, 2))).toThrow("x is infinite in a training row");
    expect(() => clip(clipOutliers({ columns: ["t"] }), tableOf({ x: numbers(1), t: { type: "text", values: ["a"] } }, 1))).toThrow(
      'clipOutliers.columns: column "t" holds text; expected numbers',
    );
  });
});

describe("dropOutliers", () => {
  test("removes rows beyond the limits, and says why", () => {
    const { table, removed, note } = drop(dropOutliers(), one);
    expect(table.rows).toBe(9);
    expect(removed).toEqual([{ id: 109, reason: "x is 100, outside [-0.375, 6.625]" }]);
    expect(note).toBe("x -0.375 to 6.625");
  });

  test("removes training rows alone, and tells how many others lie beyond", () => {
    const tags = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 2, 1, 0);
    const table = { ...tableOf({ x: numbers(1, 2, 2, 3, 3, 3, 4, 400, -400, 100) }, 10), tags };
    const { table: kept, removed, note } = drop(dropOutliers(), table, one);
    expect(removed.map(({ id }) => id)).toEqual([109]);
    expect([kept.rows, note]).toEqual([9, "x -0.375 to 6.625; 2 validation and test rows lie outside and stay"]);
  });

  test("a missing value is no outlier", () => {
    expect(drop(dropOutliers(), tableOf({ x: numbers(nan, 3) }, 2), one).removed).toEqual([]);
  });
});
