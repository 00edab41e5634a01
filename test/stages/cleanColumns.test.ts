// Stages that change, cast, drop or filter by columns: what becomes of values, and what they say where the settings do not fit the table.
import { describe, expect, test } from "vitest";
import type { Descriptor } from "../../src/check.ts";
import { type CategoryColumn, type Column, column, type Table } from "../../src/data/table.ts";
import { castTypes } from "../../src/stages/clean/castTypes.ts";
import { dropColumns } from "../../src/stages/clean/dropColumns.ts";
import { dropConstant } from "../../src/stages/clean/dropConstant.ts";
import { type Condition, filterRows } from "../../src/stages/clean/filterRows.ts";
import { fixLabels } from "../../src/stages/clean/fixLabels.ts";
import { mapValues } from "../../src/stages/clean/mapValues.ts";
import { parseMissing } from "../../src/stages/clean/parseMissing.ts";
import { trimText } from "../../src/stages/clean/trimText.ts";
import { cleanStages } from "../../src/stages/index.ts";
import type { CleanResult } from "../../src/stages/stage.ts";
import { finish } from "../../src/stages/work.ts";
import { learn } from "../support/work.ts";
import { classes, tableOf, vectors } from "./tables.ts";

const { NaN: nan } = Number;
const numbers = (...values: number[]): Column => ({ type: "numeric", shape: [], data: Float64Array.from(values) });
const text = (...values: string[]): Column => ({ type: "text", values });
const categories = (...values: (string | null)[]): CategoryColumn => {
  const names = [...new Set(values.filter((value) => value !== null))];
  return { type: "category", categories: names, codes: Int32Array.from(values, (value) => (value === null ? -1 : names.indexOf(value))) };
};
const people = tableOf(
  {
    age: numbers(17, 40, nan, -999),
    city: categories(" Oslo", "Oslo", null, "?"),
    zip: numbers(7, 0.5, 100, nan),
    note: text("a ", "?", "", "b"),
    label: classes([0, 1, 2, -1], ["<=50K", "<=50K.", ">50K"]),
  },
  4,
);

function run(stage: Descriptor, table: Table = people): CleanResult {
  const kind = cleanStages[stage.kind];
  if (kind === undefined) throw new Error(`no stage ${stage.kind}`);
  return finish(kind.apply(stage, table, learn(kind, stage, table)));
}

function values({ table }: CleanResult, name: string): unknown[] {
  const c = column(table, name);
  if (c.type === "text") return [...c.values];
  if (c.type === "category") return Array.from(c.codes, (code) => c.categories[code] ?? null);
  return c.type === "numeric" ? [...c.data] : [];
}

describe("trimText", () => {
  test("trims texts and categories, which may become one, and makes nothing of spaces missing", () => {
    const result = run(trimText());
    expect(values(result, "city")).toEqual(["Oslo", "Oslo", null, "?"]);
    expect((column(result.table, "city") as CategoryColumn).categories).toEqual(["Oslo", "?"]);
    expect(values(result, "note")).toEqual(["a", "?", "", "b"]);
    expect(result.changed).toBe(2);
    expect(values(run(trimText(), tableOf({ a: categories(" ", "b") }, 2)), "a")).toEqual([null, "b"]);
    expect(values(run(trimText({ columns: ["note"] })), "city")).toEqual([" Oslo", "Oslo", null, "?"]);
  });

  test("is for text and categories", () => {
    expect(() => run(trimText({ columns: ["age"] }))).toThrow('trimText.columns: column "age" holds numbers; expected text or categories');
  });
});

describe("parseMissing", () => {
  test("makes whole values missing, in every kind of column", () => {
    const result = run(parseMissing(["?", -999]));
    expect(values(result, "age")).toEqual([17, 40, nan, nan]);
    expect(values(result, "city")).toEqual([" Oslo", "Oslo", null, null]);
    expect(values(result, "note")).toEqual(["a ", "", "", "b"]);
    expect(result.changed).toBe(3);
    expect(values(run(parseMissing(["-999"])), "age")).toEqual([17, 40, nan, nan]);
    expect(values(run(parseMissing([" "])), "zip")).toEqual([7, 0.5, 100, nan]);
  });

  test("leaves labels to fixLabels, and bytes alone", () => {
    expect(() => run(parseMissing(["?"], { columns: ["label"] }))).toThrow('"label" is the target; fixLabels() makes labels missing');
    const bytes = tableOf({ x: { type: "numeric", shape: [], data: Uint8Array.of(1) } }, 1);
    expect(() => run(parseMissing([1], { columns: ["x"] }), bytes)).toThrow("of which none can be missing");
    expect(() => parseMissing([])).toThrow("parseMissing.values: expected a list of 1 or more, got []");
  });
});

describe("mapValues", () => {
  test("replaces what is listed, and counts what is another", () => {
    const result = run(
      mapValues({ city: { " Oslo": "Oslo", "?": null, Rom: "Roma" }, age: { "17": 18, "-999": null, "40": 40 }, note: { b: "a " } }),
    );
    expect(values(result, "city")).toEqual(["Oslo", "Oslo", null, null]);
    expect(values(result, "age")).toEqual([18, 40, nan, nan]);
    expect(values(result, "note")).toEqual(["a ", "?", "", "a "]);
    expect(result.changed).toBe(5);
  });

  test("takes names of an object's methods for what they are", () => {
    const table = tableOf({ a: categories("constructor", "toString") }, 2);
    expect(values(run(mapValues({ a: { toString: "x" } }), table), "a")).toEqual(["constructor", "x"]);
  });

  test.each<[Parameters<typeof mapValues>[0], string]>([
    [{ city: { Oslo: 1 } }, 'mapValues.city: the column holds categories; write "1" and use castTypes() afterwards'],
    [{ age: { old: 1 } }, 'mapValues.age: the column holds numbers; expected numbers, got "old" → 1'],
    [{ age: { "1": "x" } }, 'mapValues.age: the column holds numbers; expected numbers, got "1" → "x"'],
    [{ town: { a: "b" } }, 'mapValues: there is no column "town"; the columns are label, age, city, zip, note'],
    [{ label: { a: "b" } }, 'mapValues: "label" is the target; fixLabels() changes labels'],
  ])("%j is refused", (map, message) => {
    expect(() => run(mapValues(map))).toThrow(message);
  });

  test("wants values by column", () => {
    expect(() => mapValues({})).toThrow("mapValues.map: expected values by column such as");
    expect(() => mapValues({ a: "b" } as never)).toThrow('mapValues.map.a: expected texts, numbers or null by value, got "b"');
  });
});

describe("castTypes", () => {
  test("casts each way; what is missing stays so", () => {
    expect(values(run(castTypes({ zip: "category" })), "zip")).toEqual(["7", "0.5", "100", null]);
    expect(values(run(castTypes({ zip: "text" })), "zip")).toEqual(["7", "0.5", "100", ""]);
    expect(values(run(castTypes({ city: "text" })), "city")).toEqual([" Oslo", "Oslo", "", "?"]);
    expect(values(run(castTypes({ note: "category" })), "note")).toEqual(["a ", "?", null, "b"]);
    const written = tableOf({ a: categories(" 12", "-1.5e3", ".5", null), b: text("1", "", "+2.", "0") }, 4);
    const result = run(castTypes({ a: "number", b: "number" }), written);
    expect(values(result, "a")).toEqual([12, -1500, 0.5, nan]);
    expect(values(result, "b")).toEqual([1, nan, 2, 0]);
    expect(result.changed).toBe(6);
    expect(run(castTypes({ age: "number" })).changed).toBe(0);
  });

  test("names the first text that is no number, or makes such missing", () => {
    expect(() => run(castTypes({ city: "number" }))).toThrow('row 100: column "city" is " Oslo", which is no number; parseMissing()');
    for (const odd of ["0x10", "1,5", "Infinity", "1_000", "--1", "e5", "."])
      expect(() => run(castTypes({ a: "number" }), tableOf({ a: text(odd) }, 1))).toThrow("which is no number");
    expect(values(run(castTypes({ city: "number" }, { invalid: "missing" })), "city")).toEqual([nan, nan, nan, nan]);
  });

  test("reads numbers as people write them", () => {
    const written = (way: Parameters<typeof castTypes>[1], ...texts: string[]): unknown[] =>
      values(run(castTypes({ a: "number" }, { invalid: "missing", ...way }), tableOf({ a: text(...texts) }, texts.length)), "a");
    const euros = { unit: "€", decimal: ",", thousands: "." } as const;
    expect(written(euros, "1.234,50 €", "€ 2", "-3,5€", " - €4", "5", "1.23 €", "6 $", "")).toEqual([
      1234.5,
      2,
      -3.5,
      -4,
      5,
      nan,
      nan,
      nan,
    ]);
    expect(written({ unit: "$", thousands: "," }, "$1,299.95", "-$5", "$-6", "7 $", "1,2 $")).toEqual([1299.95, -5, -6, 7, nan]);
    expect(written({ unit: "%" }, "12 %", "12%", "1e1%", "% %", "%")).toEqual([12, 12, 10, nan, nan]);
    expect(written({ decimal: "," }, "1,5", "1.5")).toEqual([1.5, nan]);
    expect(() => run(castTypes({ city: "number" }, euros))).toThrow("unit, decimal and thousands say how numbers are written");
    expect(() => castTypes({ a: "number" }, { thousands: "." })).toThrow('castTypes.thousands: "." already stands before the decimals');
  });

  test("wants types by column", () => {
    expect(() => castTypes({ a: "numbr" as never })).toThrow('castTypes.types.a: unknown value "numbr"; did you mean "number"?');
    expect(() => run(castTypes({ label: "number" }))).toThrow('castTypes: "label" is the target; the source says what it is');
    expect(() => run(castTypes({ x: "text" }), tableOf({ x: vectors([[1, 2]]) }, 1))).toThrow(
      "castTypes.x: the column holds several numbers a row",
    );
  });
});

describe("dropColumns and dropConstant", () => {
  test("leave columns out, and say which", () => {
    const { table, note } = run(dropColumns({ match: "^[az]" }));
    expect([table.inputs, Object.keys(table.columns), note]).toEqual([["city", "note"], ["label", "city", "note"], "dropped age, zip"]);
    expect(() => run(dropColumns(["label"]))).toThrow('dropColumns: "label" is the target; the model needs it');
    expect(() => run(dropColumns(["age", "city", "zip", "note"]))).toThrow(
      "dropColumns: no input would be left: it drops age, city, zip, note",
    );
  });

  test("constant is what holds one value, or none, besides what is missing", () => {
    const table = tableOf(
      {
        one: numbers(2, nan, 2),
        none: text("", "", ""),
        two: categories("a", "b", null),
        same: categories(null, "a", "a"),
        vector: vectors([
          [1, 2],
          [1, 2],
          [1, 3],
        ]),
      },
      3,
    );
    expect(run(dropConstant(), table).table.inputs).toEqual(["two", "vector"]);
    expect(run(dropConstant({ columns: "category" }), table).note).toBe("dropped same");
    expect(run(dropConstant({ columns: ["two"] }), table).note).toBe("no column dropped");
  });
});

describe("filterRows", () => {
  test.each<[Condition, number[]]>([
    [{ column: "age", min: 17 }, [100, 101]],
    [{ column: "age", min: 17, max: 17 }, [100]],
    [{ column: "age", in: [40, "17"] }, [100, 101]],
    [{ column: "city", in: ["Oslo", "?"] }, [101, 103]],
    [{ column: "city", notIn: ["Oslo"] }, [100, 102, 103]],
    [{ column: "note", match: "^[ab]" }, [100, 103]],
    [{ column: "zip", missing: false }, [100, 101, 102]],
    [{ column: "zip", missing: true }, [103]],
    [{ column: "label", in: [">50K"] }, [102]],
    [
      {
        any: [
          { column: "age", max: 0 },
          { column: "city", missing: true },
        ],
      },
      [102, 103],
    ],
    [
      {
        all: [
          { column: "age", missing: false },
          {
            any: [
              { column: "zip", max: 1 },
              { column: "note", in: ["b"] },
            ],
          },
        ],
      },
      [101, 103],
    ],
  ])("%j", (where, ids) => {
    expect([...run(filterRows(where)).table.ids]).toEqual(ids);
  });

  test("says of each row why", () => {
    const { removed } = run(
      filterRows({
        any: [
          { column: "age", min: 18 },
          { column: "city", in: ["?"] },
        ],
      }),
    );
    expect(removed).toEqual([
      { id: 100, reason: 'age is 17, not >= 18, and city is " Oslo", not one of "?"' },
      { id: 102, reason: 'age is missing, not >= 18, and city is missing, not one of "?"' },
    ]);
  });

  test.each<[unknown, string]>([
    [{ column: "age" }, "filterRows.where: expected min, max, in, notIn, match or missing beside the column"],
    [{ column: "age", mim: 1 }, 'filterRows.where: unknown setting "mim"; did you mean "min"?'],
    [{ min: 1 }, "filterRows.where.column: expected a non-empty string, got undefined"],
    [{ any: [{ column: "a", min: "1" }] }, 'filterRows.where.any[0].min: expected a number, got "1"'],
    [{ any: [], column: "a" }, 'filterRows.where: any stands alone; put "column" into its list'],
    [{ column: "a", match: "(" }, "filterRows.where.match: Invalid regular expression"],
    ["age > 18", 'filterRows.where: expected a condition such as { column: "age", min: 18 }, got "age > 18"'],
  ])("%j is refused", (where, message) => {
    expect(() => filterRows(where as Condition)).toThrow(message);
  });

  test("does not compare names with numbers", () => {
    expect(() => run(filterRows({ column: "city", min: 1 }))).toThrow('min and max are for numbers; "city" holds names or text');
    expect(() => run(filterRows({ column: "age", match: "1" }))).toThrow('match is for text and categories; "age" holds numbers');
  });
});

describe("fixLabels", () => {
  test("makes labels one class, or missing", () => {
    const { table, changed, note } = run(fixLabels({ "<=50K.": "<=50K", ">50K": null }));
    expect(column(table, "label")).toEqual({ type: "numeric", shape: [], data: Int32Array.of(0, 0, -1, -1), classes: ["<=50K"] });
    expect([changed, note]).toEqual([2, undefined]);
  });

  test("says which labels there are not", () => {
    expect(run(fixLabels({ "<50K": "<=50K" })).note).toBe('no label is called "<50K"');
  });

  test("is for labels with names", () => {
    expect(() => run(fixLabels({ a: "b" }), tableOf({ x: numbers(1), label: numbers(2) }, 1))).toThrow(
      'fixLabels: the target "label" holds numbers, not labels with names',
    );
    expect(() => fixLabels({})).toThrow("fixLabels.labels: expected names by label such as");
  });
});
