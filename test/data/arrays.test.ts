import { describe, expect, test } from "vitest";
import { type ArraysSource, arrays, arraysKind } from "../../src/data/arrays.ts";
import { numericColumn, type Table } from "../../src/data/table.ts";
import { requireComplete } from "../support/work.ts";
import { fakeIo } from "./io.ts";

type Settings = Omit<ArraysSource, "kind">;
const load = (settings: Settings): Promise<Table> => arraysKind.load(arrays(settings), fakeIo());
const values = (table: Table, name: string): number[] => Array.from(numericColumn(table, name).data);

describe("arrays: features", () => {
  test("nested lists become f32 rows of the shape they have", async () => {
    const table = await load({
      x: [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ],
      y: [0, 1],
    });
    expect(table.rows).toBe(2);
    expect(numericColumn(table, "x").shape).toEqual([2, 2]);
    expect(numericColumn(table, "x").data).toBeInstanceOf(Float32Array);
    expect(values(table, "x")).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...table.ids]).toEqual([0, 1]);
  });

  test("bare numbers are rows of one feature", async () => {
    const table = await load({ x: [1, 2, 3], y: [0.5, 1.5, 2], test: { x: [4], y: [3] } });
    expect(numericColumn(table, "x").shape).toEqual([1]);
    expect(values(table, "x")).toEqual([1, 2, 3, 4]);
  });

  test("typed arrays take the shape of a row; bytes stay bytes, f32 is not copied, other types become f32", async () => {
    const bytes = Uint8Array.from({ length: 12 }, (_, i) => i);
    const u8 = await load({ x: bytes, shape: [2, 3], y: [0, 1] });
    expect(numericColumn(u8, "x").data).toBe(bytes);
    const floats = new Float32Array(4);
    expect(numericColumn(await load({ x: floats, shape: [2], y: [0, 1] }), "x").data).toBe(floats);
    expect(values(await load({ x: Float64Array.of(1, 2, 3, 4), shape: [2], y: [0, 1] }), "x")).toEqual([1, 2, 3, 4]);
    await expect(load({ x: bytes, y: [0] })).rejects.toThrow("arrays.x: a Uint8Array needs the shape of one row");
    await expect(load({ x: bytes, shape: [5], y: [0] })).rejects.toThrow(
      "12 values are not a whole number of rows of shape [5], which take 5 each",
    );
  });

  test("shape folds flat rows, and must hold as many values", async () => {
    expect(numericColumn(await load({ x: [[1, 2, 3, 4]], shape: [2, 2], y: [0] }), "x").shape).toEqual([2, 2]);
    await expect(load({ x: [[1, 2, 3]], shape: [2, 2], y: [0] })).rejects.toThrow("[2, 2] does not hold a row of x, which is [3]");
  });

  test("rows of another shape are left out, and named by index with both shapes", async () => {
    const table = await load({ x: [[1, 2], [3], [4, 5], [6, 7, 8], 9 as never], y: ["a", "b", "c", "d", "e"] });
    expect(values(table, "x")).toEqual([1, 2, 4, 5]);
    expect(values(table, "y")).toEqual([0, 1]);
    expect(numericColumn(table, "y").classes).toEqual(["a", "c"]);
    expect([...table.ids]).toEqual([0, 2]);
    expect(table.misfits?.map((misfit) => misfit.reason)).toEqual([
      "x[1] is [1], but the first row is [2]",
      "x[3] is [3], but the first row is [2]",
      "x[4] is a single number, but the first row is [2]",
    ]);
    expect(() => requireComplete(table)).toThrow("3 of 5 rows have another shape: x[1] is [1], but the first row is [2]");
  });

  test("a ragged row inside is found at its place", async () => {
    const table = await load({
      x: [
        [
          [1, 2],
          [3, 4],
        ],
        [[1, 2], [3]],
      ],
      y: [0, 1],
    });
    expect(table.misfits?.[0]?.reason).toBe("x[1] is [1] at place 1, but the first row is [2, 2]");
    await expect(
      load({
        x: [
          [1, 2],
          [1, [2]],
        ] as never,
        y: [0, 1],
      }),
    ).rejects.toThrow("x[1]: expected numbers, got [2]");
  });

  test("null and NaN are missing, text is refused by row", async () => {
    const table = await load({
      x: [
        [1, null],
        [Number.NaN, 4],
      ],
      y: [0, 1],
    });
    expect(values(table, "x")).toEqual([1, Number.NaN, Number.NaN, 4]);
    expect(() => requireComplete(table)).toThrow(
      'column "x": 2 of 2 rows have missing values (NaN), the first is x[1] of row 0; add fillMissing()',
    );
    await expect(load({ x: [[1], ["two"]] as never, y: [0, 1] })).rejects.toThrow('x[1]: expected numbers, got "two"');
  });

  test("columns name the features, one each", async () => {
    const table = await load({ x: [[1, Number.NaN]], y: [0], columns: ["height", "weight"] });
    expect(() => requireComplete(table)).toThrow('x "weight" of row 0');
    await expect(load({ x: [[1, 2]], y: [0], columns: ["height"] })).rejects.toThrow("1 names, but a row of x has the shape [2]");
  });

  test("others stand beside what the model reads, exact, for the rows that are there", async () => {
    const [x, y, test] = [[[1], [2], [3, 4]], [0, 1, 0], { x: [[5]], y: [1] }];
    const table = await load({ x, y, test, others: { day: [1e15 + 1, 2, 3, 4], who: ["a", null, "c", "d"] } });
    expect(table.inputs).toEqual(["x"]);
    expect(table.columns.day).toEqual({ type: "text", values: ["1000000000000001", "2", "4"] });
    expect(table.columns.who).toEqual({ type: "text", values: ["a", "", "d"] });
    const one = (others: object) => load({ x: [[1]], y: [0], others } as never);
    await expect(one({ day: [1, 2] })).rejects.toThrow("arrays.others.day: 2 values, but there are 1 rows");
    await expect(one({ y: [1] })).rejects.toThrow("arrays.others.y: the name is taken");
    await expect(one({ day: [{}] })).rejects.toThrow("arrays.others.day[0]: expected text or a number");
    expect(() => arrays({ x: [[1]], y: [0], others: [1] as never })).toThrow("arrays.others: expected lists by name");
  });

  test("no rows, and labels that do not match the rows, are refused with both counts", async () => {
    await expect(load({ x: [], y: [] })).rejects.toThrow("arrays.x: there are no rows");
    await expect(load({ x: [[1], [2]], y: [0] })).rejects.toThrow("arrays.y: 1 labels, but x has 2 rows");
    await expect(load({ x: [[1]], y: [0], test: { x: [[1], [2]], y: [0, 1, 2] } })).rejects.toThrow(
      "arrays.test.y: 3 labels, but test.x has 2 rows",
    );
  });
});

test("unknown settings and wrong values are refused when the source is named", () => {
  expect(() => arrays({ x: [[1]], y: [0], clases: ["a"] } as never)).toThrow('unknown setting "clases"; did you mean "classes"?');
  expect(() => arrays({ x: "file.csv" as never, y: [0] })).toThrow('arrays.x: expected an array with one item a row, got "file.csv"');
  expect(() => arrays({ x: [[1]], y: [0], test: { x: [[1]] } as never })).toThrow("arrays.test.y");
});
