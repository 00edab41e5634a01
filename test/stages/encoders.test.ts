import { describe, expect, test } from "vitest";
import { byCodePoint } from "../../src/data/categories.ts";
import { type CategoryColumn, column, type NumericColumn, type Table } from "../../src/data/table.ts";
import { type OneHot, oneHot, oneHotStage } from "../../src/stages/normalize/oneHot.ts";
import { type Ordinal, ordinal, ordinalStage } from "../../src/stages/normalize/ordinal.ts";
import { finish } from "../../src/stages/work.ts";
import { golden, noGolden } from "../support/golden.ts";
import { tableOf } from "./tables.ts";

function categories(...values: string[]): CategoryColumn {
  const names = [...new Set(values)];
  return { type: "category", categories: names, codes: Int32Array.from(values, (value) => names.indexOf(value)) };
}

const colours = (...values: string[]): Table => tableOf({ colour: categories(...values) }, values.length);

const oneHots = (table: Table, train: Table, settings: Omit<OneHot, "kind"> = {}): Table =>
  finish(oneHotStage.apply(oneHot(settings), table, finish(oneHotStage.fit(oneHot(settings), train))));
const ordinals = (table: Table, train: Table, settings: Omit<Ordinal, "kind"> = {}): Table =>
  finish(ordinalStage.apply(ordinal(settings), table, finish(ordinalStage.fit(ordinal(settings), train))));

const rowsOf = (table: Table): number[][] =>
  Array.from({ length: table.rows }, (_, row) =>
    table.inputs.flatMap((name) => {
      const { data } = column(table, name) as NumericColumn;
      const width = data.length / table.rows;
      return [...data.subarray(row * width, (row + 1) * width)];
    }),
  );
const namesOf = (table: Table): (readonly string[] | undefined)[] =>
  table.inputs.map((name) => (column(table, name) as NumericColumn).features);

describe.skipIf(noGolden)("against scikit-learn (needs ../shared/golden)", () => {
  interface OneHotCase {
    readonly id: string;
    readonly X: string[][];
    readonly X2: string[][];
    readonly categories: string[][];
    readonly transformed: number[][];
    readonly transformed2: number[][];
  }
  const found = (golden<OneHotCase>("scalers") ?? []).filter(({ id }) => id === "onehot");

  test.each(found)("$id", ({ X, X2, categories: expected, transformed, transformed2 }) => {
    const tableFrom = (rows: string[][]): Table =>
      tableOf({ a: categories(...rows.map((r) => r[0] as string)), b: categories(...rows.map((r) => r[1] as string)) }, rows.length);
    const train = tableFrom(X);
    expect(Object.values(finish(oneHotStage.fit(oneHot(), train)))).toEqual(expected);
    expect(rowsOf(oneHots(train, train))).toEqual(transformed);
    expect(rowsOf(oneHots(tableFrom(X2), train))).toEqual(transformed2);
  });
});

describe("oneHot", () => {
  const train = colours("red", "blue", "red");

  test("names its features, keeps bytes, and makes what it does not know zeros or an error", () => {
    const made = oneHots(colours("red", "lime", "blue"), train);
    expect(rowsOf(made)).toEqual([
      [0, 1],
      [0, 0],
      [1, 0],
    ]);
    expect(namesOf(made)).toEqual([["colour=blue", "colour=red"]]);
    expect((made.columns.colour as NumericColumn).data).toBeInstanceOf(Uint8Array);
    expect(() => oneHots(colours("red", "lime"), train, { unknown: "error" })).toThrow(
      'row 101: column "colour" holds "lime", which no training row has; oneHot({ unknown: "zeros" }) makes such rows zeros',
    );
  });

  test("drops the first category of all columns, or of those with two", () => {
    const three = colours("a", "b", "c");
    expect(namesOf(oneHots(three, three, { drop: "first" }))).toEqual([["colour=b", "colour=c"]]);
    expect(namesOf(oneHots(three, three, { drop: "ifBinary" }))).toEqual([["colour=a", "colour=b", "colour=c"]]);
    expect(namesOf(oneHots(train, train, { drop: "ifBinary" }))).toEqual([["colour=red"]]);
  });

  test("works on the columns that are chosen, and says which there are", () => {
    const table = tableOf(
      { a: categories("x"), cap1: categories("y"), cap2: categories("z"), n: { type: "numeric", shape: [], data: Float64Array.of(1) } },
      1,
    );
    const types = (columns: OneHot["columns"]): string => {
      const made = oneHots(table, table, columns === undefined ? {} : { columns });
      return made.inputs.map((name) => column(made, name).type[0]).join("");
    };
    expect([types(undefined), types("category"), types(["a"]), types({ match: "^cap" })]).toEqual(["nnnn", "nnnn", "nccn", "cnnn"]);
    expect(() => types(["b"])).toThrow('oneHot.columns: there is no column "b"; the columns are label, a, cap1, cap2, n');
    expect(() => types({ match: "hat" })).toThrow("oneHot.columns: no input matches /hat/; the inputs are a, cap1, cap2, n");
    expect(() => types("numeric")).toThrow('oneHot.columns: column "n" holds numbers; expected categories');
    expect(() => oneHot({ columns: { match: "(" } })).toThrow("oneHot.columns.match: Invalid regular expression");
    expect(() => oneHot({ columns: { match: "a", flags: "i" } as never })).toThrow('oneHot.columns: expected names such as ["age"]');
    expect(() => oneHot({ columns: "numbers" as never })).toThrow(
      'oneHot.columns: unknown value "numbers"; known: category, numeric, text',
    );
  });
});

describe("ordinal", () => {
  const train = colours("red", "blue", "red", "green");

  test("gives the place in sorted order, and -1 or another number for what it does not know", () => {
    const table = colours("green", "lime", "blue");
    expect(rowsOf(ordinals(table, train))).toEqual([[1], [-1], [0]]);
    expect(rowsOf(ordinals(table, train, { unknown: 9 }))).toEqual([[1], [9], [0]]);
    expect(() => ordinals(table, train, { unknown: "error" })).toThrow('row 101: column "colour" holds "lime", which no training row has');
  });

  test("takes the order that it is told", () => {
    const order = { colour: ["red", "green", "blue", "grey"] };
    expect(rowsOf(ordinals(colours("blue", "grey", "red"), train, { order }))).toEqual([[2], [3], [0]]);
    expect(() => ordinals(train, train, { order: { size: ["s"] } })).toThrow(
      'ordinal.order: "size" is not a column that it encodes: colour',
    );
    expect(() => ordinal({ order: { colour: ["red", "red"] } })).toThrow(
      "ordinal.order.colour: expected the categories in order, each once",
    );
  });
});

test("names sort by code points, as Python sorts them", () => {
  expect(["😀", "\uff5e", "b", "a", "aa", "é", ""].sort(byCodePoint)).toEqual(["", "a", "aa", "b", "é", "\uff5e", "😀"]);
});
