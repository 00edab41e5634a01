import { describe, expect, test } from "vitest";
import { type ArraysSource, arrays, arraysKind } from "../../src/data/arrays.ts";
import { numericColumn, type Table } from "../../src/data/table.ts";
import { requireComplete } from "../support/work.ts";
import { fakeIo } from "./io.ts";

type Settings = Omit<ArraysSource, "kind">;
const load = (settings: Settings): Promise<Table> => arraysKind.load(arrays(settings), fakeIo());
const values = (table: Table, name: string): number[] => Array.from(numericColumn(table, name).data);

describe("arrays: labels", () => {
  test("whole numbers are classes, called by their numbers", async () => {
    const table = await load({ x: [[1], [2], [3]], y: [2, 0, 1] });
    expect(numericColumn(table, "y")).toMatchObject({ shape: [], classes: ["0", "1", "2"] });
    expect(numericColumn(table, "y").data).toBeInstanceOf(Int32Array);
  });

  test("other numbers are values to predict, and so are whole ones with task: regression", async () => {
    const y = numericColumn(await load({ x: [[1], [2]], y: [0.5, 1] }), "y");
    expect(y.data).toEqual(Float32Array.of(0.5, 1));
    expect(y.classes).toBeUndefined();
    expect(numericColumn(await load({ x: [[1], [2]], y: [0, 1], task: "regression" }), "y").data).toBeInstanceOf(Float32Array);
    expect(numericColumn(await load({ x: [[1], [2]], y: [-1, 1] }), "y").data).toEqual(Float32Array.of(-1, 1));
  });

  test("numbers beyond the count of rows get no class names", async () => {
    expect(numericColumn(await load({ x: [[1], [2]], y: [250_000, 310_000] }), "y").classes).toBeUndefined();
  });

  test("text is sorted into classes; given classes keep their order", async () => {
    const y = numericColumn(await load({ x: [[1], [2], [3]], y: ["dog", "cat", "dog"] }), "y");
    expect([y.classes, [...y.data]]).toEqual([
      ["cat", "dog"],
      [1, 0, 1],
    ]);
    const given = numericColumn(await load({ x: [[1], [2]], y: ["dog", "cat"], classes: ["dog", "cat"] }), "y");
    expect([...given.data]).toEqual([0, 1]);
    await expect(load({ x: [[1]], y: ["cow"], classes: ["dog", "cat"] })).rejects.toThrow(
      'y[0]: "cow" is not one of the classes "dog", "cat"',
    );
  });

  test("a label out of range of the classes is refused with both", async () => {
    await expect(load({ x: [[1], [2]], y: [0, 3], classes: ["a", "b"] })).rejects.toThrow(
      "y[1]: the label is 3, but there are 2 classes (0 to 1)",
    );
    await expect(load({ x: [[1], [2]], y: [0, -1], task: "classification" })).rejects.toThrow(
      "y[1]: expected a class number (0, 1, 2, …), got -1",
    );
    const test = { x: [[1]], y: [9] };
    await expect(load({ x: [[1]], y: [0], classes: ["a"], test })).rejects.toThrow("test.y[0]: the label is 9");
  });

  test("lists are rows of numbers", async () => {
    const y = numericColumn(
      await load({
        x: [[1], [2]],
        y: [
          [0, 1],
          [1, 0],
        ],
      }),
      "y",
    );
    expect([y.shape, [...y.data]]).toEqual([[2], [0, 1, 1, 0]]);
    await expect(load({ x: [[1], [2]], y: [[0, 1], [1]] })).rejects.toThrow("y[1]: y[1] is [1], but the first row is [2]");
  });

  test("missing labels are -1 or NaN", async () => {
    expect(values(await load({ x: [[1], [2]], y: ["a", null] }), "y")).toEqual([0, -1]);
    expect(values(await load({ x: [[1], [2]], y: [1, Number.NaN] }), "y")).toEqual([1, -1]);
    expect(values(await load({ x: [[1], [2]], y: [1.5, null] }), "y")).toEqual([1.5, Number.NaN]);
    expect(() => requireComplete({ ...arraysTable([0, -1]) })).toThrow(
      'column "y": 1 of 2 rows have missing values (NaN), the first is y of row 1; add dropIncomplete()',
    );
  });

  test("mixed labels are refused at the odd one", async () => {
    await expect(load({ x: [[1], [2]], y: ["a", 1] })).rejects.toThrow("y[1]: expected text as in the other labels, got 1");
    await expect(load({ x: [[1], [2]], y: [1, "a"] })).rejects.toThrow('y[1]: expected a number as in the other labels, got "a"');
  });

  test("test rows come after the others, and are marked", async () => {
    const table = await load({ x: [[1], [2]], y: ["b", "a"], test: { x: [[3]], y: ["c"] } });
    expect([...(table.givenTest ?? [])]).toEqual([0, 0, 1]);
    expect(numericColumn(table, "y").classes).toEqual(["a", "b", "c"]);
  });
});

const arraysTable = (labels: number[]): Table => ({
  rows: labels.length,
  columns: {
    x: { type: "numeric", shape: [1], data: new Float32Array(labels.length) },
    y: { type: "numeric", shape: [], data: Int32Array.from(labels), classes: ["a"] },
  },
  inputs: ["x"],
  target: "y",
  ids: Uint32Array.from(labels.keys()),
});
