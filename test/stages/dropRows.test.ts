import { describe, expect, test } from "vitest";
import { type NumericColumn, numericColumn, type Table } from "../../src/data/table.ts";
import { dropDuplicates, dropDuplicatesStage } from "../../src/stages/clean/dropDuplicates.ts";
import { dropIncomplete, dropIncompleteStage } from "../../src/stages/clean/dropIncomplete.ts";
import { dropMissing, dropMissingStage } from "../../src/stages/clean/dropMissing.ts";
import { type RequireRange, requireRange, requireRangeStage } from "../../src/stages/clean/requireRange.ts";
import { requireShape, requireShapeStage } from "../../src/stages/clean/requireShape.ts";
import { finish } from "../../src/stages/work.ts";
import { requireComplete } from "../support/work.ts";
import { classes, tableOf, vectors } from "./tables.ts";

const { NaN: nan } = Number;
const values = (table: Table, name: string): number[] => [...numericColumn(table, name).data];
const text = (...texts: string[]) => ({ type: "text", values: texts }) as const;

describe("dropDuplicates", () => {
  test("keeps the first of equal rows, and says which row each equals", () => {
    const table = tableOf(
      {
        x: vectors([
          [1, 2],
          [3, 4],
          [1, 2],
          [1, 3],
          [3, 4],
          [1, 2],
        ]),
      },
      6,
    );
    const { table: kept, removed, changed } = finish(dropDuplicatesStage.apply(dropDuplicates(), table, undefined));
    expect(values(kept, "x")).toEqual([1, 2, 3, 4, 1, 3]);
    expect([...kept.ids]).toEqual([100, 101, 103]);
    expect(removed).toEqual([
      { id: 102, reason: "equals row 100" },
      { id: 104, reason: "equals row 101" },
      { id: 105, reason: "equals row 100" },
    ]);
    expect(changed).toBe(0);
  });

  test("keeps the last of them, or none", () => {
    const table = tableOf({ x: vectors([[1], [2], [1], [3], [1]]) }, 5);
    const result = (keep: "last" | false) => finish(dropDuplicatesStage.apply(dropDuplicates({ keep }), table, undefined));
    expect([...result("last").table.ids]).toEqual([101, 103, 104]);
    expect(result("last").removed).toEqual([
      { id: 100, reason: "equals row 104" },
      { id: 102, reason: "equals row 104" },
    ]);
    expect([...result(false).table.ids]).toEqual([101, 103]);
    expect(result(false).removed).toEqual([
      { id: 100, reason: "equals row 104" },
      { id: 102, reason: "equals row 100" },
      { id: 104, reason: "equals row 100" },
    ]);
    expect(() => dropDuplicates({ keep: true as never })).toThrow('dropDuplicates.keep: expected one of "first", "last", false, got true');
  });

  test("takes NaN for equal to NaN and 0 to -0, as pandas does", () => {
    const table = tableOf(
      {
        x: vectors([
          [nan, 0],
          [nan, -0],
          [0, nan],
        ]),
      },
      3,
    );
    expect(finish(dropDuplicatesStage.apply(dropDuplicates(), table, undefined)).removed).toEqual([{ id: 101, reason: "equals row 100" }]);
  });

  test("compares all inputs, text too, or the columns named", () => {
    const table = tableOf({ x: vectors([[1], [1], [1]]), t: text("a", "b", "a"), label: classes([0, 1, 2]) }, 3);
    const ids = (stage: ReturnType<typeof dropDuplicates>): number[] => [
      ...finish(dropDuplicatesStage.apply(stage, table, undefined)).table.ids,
    ];
    expect(ids(dropDuplicates())).toEqual([100, 101]);
    expect(ids(dropDuplicates({ columns: ["x"] }))).toEqual([100]);
    expect(ids(dropDuplicates({ columns: ["x", "label"] }))).toEqual([100, 101, 102]);
    expect(() => ids(dropDuplicates({ columns: ["y"] }))).toThrow(
      'dropDuplicates.columns: there is no column "y"; the columns are label, x, t',
    );
  });

  test("finds the only pair among many rows that differ in one value", () => {
    const rows = Array.from({ length: 3000 }, (_, i) => [i % 50, Math.floor(i / 50), 7]);
    rows[2999] = rows[17] as number[];
    const { removed } = finish(dropDuplicatesStage.apply(dropDuplicates(), tableOf({ x: vectors(rows) }, 3000), undefined));
    expect(removed).toEqual([{ id: 3099, reason: "equals row 117" }]);
  });

  test("works on bytes", () => {
    const image: NumericColumn = { type: "numeric", shape: [1, 2], data: Uint8Array.of(1, 2, 2, 1, 1, 2) };
    const { table } = finish(dropDuplicatesStage.apply(dropDuplicates(), tableOf({ image }, 3), undefined));
    expect(numericColumn(table, "image").data).toEqual(Uint8Array.of(1, 2, 2, 1));
  });
});

describe("dropIncomplete", () => {
  test("removes rows with NaN, empty text or no label, and names the value", () => {
    const x: NumericColumn = {
      ...vectors([
        [1, 2],
        [nan, 2],
        [1, 2],
        [1, nan],
        [1, 2],
      ]),
      features: ["age", "height"],
    };
    const table = tableOf({ x, t: text("a", "b", "", "d", "e"), label: classes([0, 1, 2, 0, -1]) }, 5);
    const { table: kept, removed } = finish(dropIncompleteStage.apply(dropIncomplete(), table, undefined));
    expect([...kept.ids]).toEqual([100]);
    expect(removed.map(({ id, reason }) => [id, reason])).toEqual([
      [101, 'x "age" is missing'],
      [102, "t is empty"],
      [103, 'x "height" is missing'],
      [104, "label is missing"],
    ]);
    expect(finish(dropIncompleteStage.apply(dropIncomplete({ columns: ["t"] }), table, undefined)).table.rows).toBe(4);
  });

  test("dropMissing is the same, and with a threshold asks for so many values", () => {
    const x = vectors([
      [1, 2],
      [nan, 2],
      [nan, nan],
    ]);
    const table = tableOf({ x, t: text("a", "", "b"), label: classes([0, -1, 2]) }, 3);
    const removed = (threshold?: number) =>
      finish(dropMissingStage.apply(dropMissing(threshold === undefined ? {} : { threshold }), table, undefined)).removed;
    expect(removed()).toEqual(finish(dropIncompleteStage.apply(dropIncomplete(), table, undefined)).removed);
    expect(removed(2)).toEqual([{ id: 101, reason: "has 1 of 4 values, fewer than 2; missing in x, t, label" }]);
    expect(removed(3).map(({ id }) => id)).toEqual([101, 102]);
    expect(removed(1)).toEqual([]);
    expect(() => removed(5)).toThrow("dropMissing.threshold: 5 is more than the 4 values that a row has");
    expect(() => dropMissing({ threshold: 0 })).toThrow("dropMissing.threshold: expected an integer >= 1, got 0");
  });

  test("looks at numbers to predict as well", () => {
    const label: NumericColumn = { type: "numeric", shape: [], data: Float32Array.of(1, nan) };
    expect(finish(dropIncompleteStage.apply(dropIncomplete(), tableOf({ x: vectors([[1], [2]]), label }, 2), undefined)).table.rows).toBe(
      1,
    );
  });
});

describe("requireRange", () => {
  const x: NumericColumn = {
    ...vectors([
      [1, 2],
      [300, 2],
      [1, -5],
      [nan, 0],
    ]),
    features: ["age", "height"],
  };

  test("removes rows outside, bounds included, and names the value", () => {
    const { table, removed } = finish(requireRangeStage.apply(requireRange({ min: 0, max: 2 }), tableOf({ x }, 4), undefined));
    expect([...table.ids]).toEqual([100, 103]);
    expect(removed).toEqual([
      { id: 101, reason: 'x "age" is 300, outside [0, 2]' },
      { id: 102, reason: 'x "height" is -5, outside [0, 2]' },
    ]);
  });

  test("looks at features and columns by name, type or pattern", () => {
    const ids = (columns: RequireRange["columns"]): number[] => [
      ...finish(
        requireRangeStage.apply(
          requireRange({ min: 0, ...(columns && { columns }) }),
          tableOf({ x, label: classes([0, 1, 2, -1]) }, 4),
          undefined,
        ),
      ).table.ids,
    ];
    expect(ids(["age"])).toEqual([100, 101, 102, 103]);
    expect(ids(["height"])).toEqual([100, 101, 103]);
    expect(ids(["label"])).toEqual([100, 101, 102]);
    expect(ids(["age", "label"])).toEqual([100, 101, 102]);
    for (const all of [undefined, "numeric", { match: "^x$" }] as const) expect(ids(all)).toEqual([100, 101, 103]);
    expect(() => ids(["weight"])).toThrow('requireRange.columns: there is no column "weight"; known: label, x, age, height');
    expect(() => ids({ match: "^y" })).toThrow("requireRange.columns: no input matches /^y/; the inputs are x");
  });

  test("names a pixel by row and column", () => {
    const image: NumericColumn = { type: "numeric", shape: [2, 3], data: Uint8Array.of(0, 0, 0, 0, 200, 0) };
    const { removed } = finish(requireRangeStage.apply(requireRange({ max: 100 }), tableOf({ image }, 1), undefined));
    expect(removed[0]?.reason).toBe("image[1, 1] is 200, outside [-Infinity, 100]");
  });

  test("needs a bound", () => {
    expect(() => requireRange({})).toThrow("requireRange: expected min or max or both, got neither");
    expect(() => requireRange({ min: 2, max: 1 })).toThrow("requireRange: min is 2, above max, 1");
  });
});

describe("requireShape", () => {
  const misfits = [{ id: 7, reason: "x[7] is [3], but the first row is [2]" }];
  const table = tableOf({ x: vectors([[1, 2]]) }, 1, { misfits });

  test("reports the source's misfits as removed", () => {
    const { table: kept, removed } = finish(requireShapeStage.apply(requireShape([2]), table, undefined));
    expect(removed).toEqual(misfits);
    expect(kept.misfits).toBeUndefined();
    expect(() => requireComplete(kept)).not.toThrow();
    expect(() => requireComplete(table)).toThrow(
      "rows: 1 of 2 rows have another shape: x[7] is [3], but the first row is [2]; add requireShape() to clean",
    );
  });

  test("refuses a table of another shape", () => {
    expect(() => finish(requireShapeStage.apply(requireShape([28, 28]), table, undefined))).toThrow(
      'requireShape: expected rows of "x" to be [28, 28], got [2]',
    );
  });
});

describe("requireComplete", () => {
  test("names infinite values", () => {
    const table = tableOf(
      {
        x: vectors([
          [1, 2],
          [3, Number.POSITIVE_INFINITY],
        ]),
      },
      2,
    );
    expect(() => requireComplete(table)).toThrow('column "x": x[1] of row 101 is Infinity; add requireRange({ min, max }) to clean');
  });
});
