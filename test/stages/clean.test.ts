import { describe, expect, test } from "vitest";
import { column, type NumericColumn, numericColumn, type Table } from "../../src/data/table.ts";
import { denoise, denoiseStage } from "../../src/stages/clean/denoise.ts";
import { dropDuplicates, dropDuplicatesStage } from "../../src/stages/clean/dropDuplicates.ts";
import { dropIncomplete, dropIncompleteStage } from "../../src/stages/clean/dropIncomplete.ts";
import { type FillMissing, fillMissing, fillMissingStage } from "../../src/stages/clean/fillMissing.ts";
import { requireRange, requireRangeStage } from "../../src/stages/clean/requireRange.ts";
import { requireShape, requireShapeStage } from "../../src/stages/clean/requireShape.ts";
import { requireComplete } from "../../src/stages/complete.ts";
import type { CleanResult } from "../../src/stages/stage.ts";
import { golden, noGolden } from "../support/golden.ts";
import { classes, tableOf, vectors } from "./tables.ts";

const { NaN: nan } = Number;
const values = (table: Table, name: string): number[] => [...numericColumn(table, name).data];
const text = (...texts: string[]) => ({ type: "text", values: texts }) as const;
const fill = (stage: FillMissing, table: Table, train: Table = table): CleanResult =>
  fillMissingStage.apply(stage, table, fillMissingStage.fit?.(stage, train) ?? {});

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
    const { table: kept, removed, changed } = dropDuplicatesStage.apply(dropDuplicates(), table, undefined);
    expect(values(kept, "x")).toEqual([1, 2, 3, 4, 1, 3]);
    expect([...kept.ids]).toEqual([100, 101, 103]);
    expect(removed).toEqual([
      { id: 102, reason: "equals row 100" },
      { id: 104, reason: "equals row 101" },
      { id: 105, reason: "equals row 100" },
    ]);
    expect(changed).toBe(0);
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
    expect(dropDuplicatesStage.apply(dropDuplicates(), table, undefined).removed).toEqual([{ id: 101, reason: "equals row 100" }]);
  });

  test("compares all inputs, text too, or the columns named", () => {
    const table = tableOf({ x: vectors([[1], [1], [1]]), t: text("a", "b", "a"), label: classes([0, 1, 2]) }, 3);
    const ids = (stage: ReturnType<typeof dropDuplicates>): number[] => [...dropDuplicatesStage.apply(stage, table, undefined).table.ids];
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
    const { removed } = dropDuplicatesStage.apply(dropDuplicates(), tableOf({ x: vectors(rows) }, 3000), undefined);
    expect(removed).toEqual([{ id: 3099, reason: "equals row 117" }]);
  });

  test("works on bytes", () => {
    const image: NumericColumn = { type: "numeric", shape: [1, 2], data: Uint8Array.of(1, 2, 2, 1, 1, 2) };
    const { table } = dropDuplicatesStage.apply(dropDuplicates(), tableOf({ image }, 3), undefined);
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
    const { table: kept, removed } = dropIncompleteStage.apply(dropIncomplete(), table, undefined);
    expect([...kept.ids]).toEqual([100]);
    expect(removed.map(({ id, reason }) => [id, reason])).toEqual([
      [101, 'x "age" is missing'],
      [102, "t is missing"],
      [103, 'x "height" is missing'],
      [104, "label is missing"],
    ]);
    expect(dropIncompleteStage.apply(dropIncomplete({ columns: ["t"] }), table, undefined).table.rows).toBe(4);
  });

  test("looks at numbers to predict as well", () => {
    const label: NumericColumn = { type: "numeric", shape: [], data: Float32Array.of(1, nan) };
    expect(dropIncompleteStage.apply(dropIncomplete(), tableOf({ x: vectors([[1], [2]]), label }, 2), undefined).table.rows).toBe(1);
  });
});

describe("fillMissing", () => {
  const table = tableOf(
    {
      x: vectors([
        [1, 5],
        [nan, 5],
        [2, nan],
        [6, 8],
      ]),
      t: text("b", "", "a", "b"),
    },
    4,
  );

  test.each<[FillMissing["strategy"], number, number]>([
    ["mean", 3, 6],
    ["median", 2, 5],
    ["mostFrequent", 1, 5],
  ])("%s", (strategy, first, second) => {
    const { table: filled, changed, removed } = fill(fillMissing(strategy ? { strategy } : {}), table);
    expect(values(filled, "x")).toEqual([1, 5, first, 5, 2, second, 6, 8]);
    expect(removed).toEqual([]);
    expect(changed).toBe(strategy === "mostFrequent" ? 3 : 2);
  });

  test("is the mean by default, and leaves text and targets alone", () => {
    const label: NumericColumn = { type: "numeric", shape: [], data: Float32Array.of(1, nan, 3, 4) };
    const { table: filled } = fill(fillMissing(), { ...table, columns: { ...table.columns, label } });
    expect(values(filled, "x")).toEqual([1, 5, 3, 5, 2, 6, 6, 8]);
    expect(column(filled, "t")).toEqual(table.columns.t);
    expect(values(filled, "label")).toEqual([1, nan, 3, 4]);
  });

  test("fills with a constant: numbers with a number, text with text", () => {
    expect(values(fill(fillMissing({ strategy: "constant", value: -1 }), table).table, "x")).toEqual([1, 5, -1, 5, 2, -1, 6, 8]);
    expect(fill(fillMissing({ strategy: "constant", value: "?" }), table).table.columns.t).toEqual(text("b", "?", "a", "b"));
    expect(fill(fillMissing({ strategy: "mostFrequent" }), table).table.columns.t).toEqual(text("b", "b", "a", "b"));
  });

  test("statistics come from the rows that it was fitted on, and from no other", () => {
    const train = tableOf({ x: vectors([[10], [nan], [20]]) }, 3);
    const other = tableOf({ x: vectors([[1000], [nan]]) }, 2);
    expect(values(fill(fillMissing(), other, train).table, "x")).toEqual([1000, 15]);
  });

  test("what was fitted is plain data", () => {
    const stage = fillMissing({ strategy: "mostFrequent" });
    const fitted = fillMissingStage.fit?.(stage, table);
    expect(fitted).toEqual({ x: [1, 5], t: ["b"] });
    expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
  });

  test("refuses what cannot be filled", () => {
    const empty = tableOf(
      {
        x: vectors([
          [1, nan],
          [2, nan],
        ]),
      },
      2,
    );
    expect(() => fill(fillMissing(), empty)).toThrow(
      "fillMissing: x[1] is missing in every training row; drop that feature, or fill it with a constant",
    );
    expect(() => fill(fillMissing({ columns: ["t"] }), table)).toThrow('column "t" holds text, which "mean" cannot fill');
    expect(() => fill(fillMissing({ columns: ["z"] }), table)).toThrow('fillMissing.columns: there is no column "z"');
    expect(() => fillMissing({ strategy: "constant" })).toThrow('fillMissing: strategy "constant" needs a value');
    expect(() => fillMissing({ value: 3 })).toThrow('fillMissing: value goes with strategy "constant"');
    expect(() => fillMissing({ strategy: "average" as never })).toThrow('fillMissing.strategy: unknown value "average"');
  });
});

describe("denoise", () => {
  // The expected numbers are scipy.ndimage.median_filter's, mode="nearest".
  const bytes = [
    207, 21, 45, 60, 46, 205, 222, 149, 10, 24, 85, 110, 159, 122, 67, 40, 177, 188, 8, 29, 115, 100, 227, 132, 107, 110, 170, 150, 44, 188,
  ];
  const three = [
    207, 45, 45, 46, 60, 110, 159, 122, 45, 46, 85, 177, 149, 115, 67, 85, 110, 132, 107, 110, 110, 115, 150, 188, 107, 110, 115, 150, 150,
    188,
  ];
  const five = [
    159, 67, 60, 60, 67, 177, 149, 67, 60, 67, 110, 132, 115, 107, 100, 110, 115, 132, 110, 110, 110, 115, 132, 150, 107, 110, 110, 132,
    170, 188,
  ];
  const picture: NumericColumn = { type: "numeric", shape: [5, 6], data: Uint8Array.from([...bytes, ...bytes]) };

  test.each([
    [3, three],
    [5, five],
  ])("size %i on bytes", (size, expected) => {
    const { table, changed, removed } = denoiseStage.apply(denoise({ size }), tableOf({ picture }, 2), undefined);
    expect(numericColumn(table, "picture").data).toEqual(Uint8Array.from([...expected, ...expected]));
    expect(changed).toBe(2 * bytes.filter((value, i) => value !== expected[i]).length);
    expect(removed).toEqual([]);
  });

  test("each channel by itself, on f32", () => {
    const x = [
      -0.39, 0.48, -0.24, 0.96, -0.2, 0.02, 1.55, 0.55, -0.51, -0.18, 0.54, 1.94, -0.27, -0.24, 1, -0.89, -0.29, 0.88, 0.58, 0.09, 0.67,
      -2.83, 1.02, -0.96, -1.67, 0.28, 0.7, -0.44, -1.08, 0.03, -0.05, 1.41, 0.75, 0.19, 1.11, -0.21, -0.93, 0.58, 0.58, -0.21,
    ];
    const y = [
      -0.27, 0.48, -0.24, 0.48, -0.2, 0.55, -0.2, 0.02, -0.29, 0.09, 0.54, 0.48, -0.2, 0.02, -0.2, 0.02, -0.2, 0.03, -0.29, 0.03, 0.54,
      0.19, 0.67, -0.21, 0.7, -0.21, 0.58, 0.03, 0.58, 0.03, 0.67, 0.19, 0.75, 0.19, 0.75, 0.19, 0.58, -0.21, 0.58, -0.21,
    ];
    const colour: NumericColumn = { type: "numeric", shape: [4, 5, 2], data: Float32Array.from(x) };
    const { table } = denoiseStage.apply(denoise(), tableOf({ colour }, 1), undefined);
    expect(numericColumn(table, "colour").data).toEqual(Float32Array.from(y));
  });

  test("a pixel with NaN around it stays", () => {
    const speck: NumericColumn = { type: "numeric", shape: [1, 4], data: Float32Array.of(nan, 9, 1, 2) };
    const { table, changed } = denoiseStage.apply(denoise(), tableOf({ speck }, 1), undefined);
    expect([...numericColumn(table, "speck").data]).toEqual([nan, 9, 2, 2]);
    expect(changed).toBe(1);
  });

  test("needs pictures and an odd size", () => {
    expect(() => denoiseStage.apply(denoise(), tableOf({ x: vectors([[1]]) }, 1), undefined)).toThrow("denoise: expected pictures");
    expect(() => denoise({ size: 4 })).toThrow("denoise.size: expected an odd number, got 4");
    expect(() => denoise({ size: 1 })).toThrow("denoise.size: expected an integer >= 3, got 1");
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
    const { table, removed } = requireRangeStage.apply(requireRange({ min: 0, max: 2 }), tableOf({ x }, 4), undefined);
    expect([...table.ids]).toEqual([100, 103]);
    expect(removed).toEqual([
      { id: 101, reason: 'x "age" is 300, outside [0, 2]' },
      { id: 102, reason: 'x "height" is -5, outside [0, 2]' },
    ]);
  });

  test("looks at one feature or one column by name", () => {
    const ids = (column: string): number[] => [
      ...requireRangeStage.apply(requireRange({ min: 0, column }), tableOf({ x, label: classes([0, 1, 2, -1]) }, 4), undefined).table.ids,
    ];
    expect(ids("age")).toEqual([100, 101, 102, 103]);
    expect(ids("height")).toEqual([100, 101, 103]);
    expect(ids("label")).toEqual([100, 101, 102]);
    expect(() => ids("weight")).toThrow('requireRange.column: there is no column "weight"; known: label, x, age, height');
  });

  test("names a pixel by row and column", () => {
    const image: NumericColumn = { type: "numeric", shape: [2, 3], data: Uint8Array.of(0, 0, 0, 0, 200, 0) };
    const { removed } = requireRangeStage.apply(requireRange({ max: 100 }), tableOf({ image }, 1), undefined);
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
    const { table: kept, removed } = requireShapeStage.apply(requireShape([2]), table, undefined);
    expect(removed).toEqual(misfits);
    expect(kept.misfits).toBeUndefined();
    expect(() => requireComplete(kept)).not.toThrow();
    expect(() => requireComplete(table)).toThrow(
      "rows: 1 of 2 rows have another shape: x[7] is [3], but the first row is [2]; add requireShape() to clean",
    );
  });

  test("refuses a table of another shape", () => {
    expect(() => requireShapeStage.apply(requireShape([28, 28]), table, undefined)).toThrow(
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

type Row = Readonly<Record<string, number | string | null>>;
interface CleaningCase {
  readonly id: string;
  readonly op: string;
  readonly csv: string;
  readonly rows: readonly Row[];
  readonly params?: { readonly strategy?: string; readonly columns?: string[]; readonly subset?: string[] };
}

describe.skipIf(noGolden)("against pandas (needs ../shared/golden)", () => {
  const cases = golden<CleaningCase>("cleaning") ?? [];
  const rowsOf = (csv: string): readonly Row[] => cases.find((c) => c.op === "readCsv" && c.csv === csv)?.rows ?? [];
  const byId = (id: string): CleaningCase => cases.find((c) => c.id === id) as CleaningCase;

  /** One column each: numbers with null as NaN, text with null as "". */
  function tableFrom(rows: readonly Row[]): Table {
    const names = Object.keys(rows[0] as Row);
    const columns = names.map((name) => {
      const cells = rows.map((row) => row[name]);
      if (cells.some((cell) => typeof cell === "string")) return [name, text(...cells.map((cell) => String(cell ?? "")))] as const;
      return [name, vectors(cells.map((cell) => [cell === null ? nan : (cell as number)]))] as const;
    });
    return tableOf(Object.fromEntries(columns), rows.length);
  }

  function expectRows(table: Table, rows: readonly Row[]): void {
    const expected = tableFrom(rows);
    expect(table.rows).toBe(rows.length);
    for (const name of expected.inputs) {
      const [a, b] = [column(table, name), column(expected, name)];
      expect(a.type === "text" ? a.values : [...a.data]).toEqual(b.type === "text" ? b.values : [...b.data]);
    }
  }

  test("dropna", () => {
    const { csv, rows } = byId("dropna");
    expectRows(dropIncompleteStage.apply(dropIncomplete(), tableFrom(rowsOf(csv)), undefined).table, rows);
  });

  test.each([
    ["fill_mean", "mean"],
    ["fill_median", "median"],
    ["fill_mode_city", "mostFrequent"],
  ] as const)("%s", (id, strategy) => {
    const { csv, rows, params } = byId(id);
    expectRows(fill(fillMissing({ strategy, columns: params?.columns ?? [] }), tableFrom(rowsOf(csv))).table, rows);
  });

  test("dedupe", () => {
    const { csv, rows } = byId("dedupe");
    expectRows(dropDuplicatesStage.apply(dropDuplicates(), tableFrom(rowsOf(csv)), undefined).table, rows);
  });
});
