import { describe, expect, test } from "vitest";
import { numericColumn } from "../../../src/data/table.ts";
import { type SplitSettings, splitRules, tag } from "../../../src/stages/split/settings.ts";
import { partition, splitRows } from "../../support/work.ts";
import { classes, tableOf, vectors } from "../tables.ts";

const table = (rows: number, labels?: readonly number[]) =>
  tableOf(
    {
      x: vectors(
        Array.from({ length: rows }, (_, i) => [i]),
        1,
      ),
      label: classes(labels ?? new Array(rows).fill(0)),
    },
    rows,
  );
const counts = (tags: Uint8Array): [number, number, number] => {
  const of = (wanted: number): number => tags.filter((t) => t === wanted).length;
  return [of(tag.train), of(tag.validation), of(tag.test)];
};
const split = (rows: number, settings: SplitSettings, seed = 1) => counts(splitRows(table(rows), settings, seed));

describe("splitRows", () => {
  test("rounds fractions of all rows up, as scikit-learn does", () => {
    expect(split(150, { test: 0.2 })).toEqual([120, 0, 30]);
    expect(split(11, { test: 0.25 })).toEqual([8, 0, 3]);
    expect(split(10, { test: 0.2, validation: 0.2 })).toEqual([6, 2, 2]);
    expect(split(7, { validation: 0.1 })).toEqual([6, 1, 0]);
    expect(split(10, {})).toEqual([10, 0, 0]);
    expect(split(10, { test: 0, validation: 0 })).toEqual([10, 0, 0]);
  });

  test("takes whole numbers for numbers of rows", () => {
    expect(split(10, { test: 3, validation: 1 })).toEqual([6, 1, 3]);
  });

  test("is the same for the same seed, and another for another", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => splitRows(table(100), { test: 0.3, validation: 0.1 }, seed));
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });

  test("picks at random: the test rows come from everywhere", () => {
    const tags = splitRows(table(1000), { test: 0.5 }, 3);
    for (let from = 0; from < 1000; from += 250) {
      const test = tags.subarray(from, from + 250).filter((t) => t === tag.test).length;
      expect(test).toBeGreaterThan(100);
      expect(test).toBeLessThan(150);
    }
  });

  test("without shuffle the last rows are for testing and those before for validation", () => {
    expect([...splitRows(table(8), { test: 0.25, validation: 0.25, shuffle: false }, 1)]).toEqual([0, 0, 0, 0, 1, 1, 2, 2]);
  });

  test("leaves the given test rows alone, and divides the rest", () => {
    const givenTest = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
    const given = { ...table(10), givenTest };
    const tags = splitRows(given, { test: "given", validation: 0.25 }, 1);
    expect(counts(tags)).toEqual([6, 2, 2]);
    expect([...tags.subarray(8)]).toEqual([tag.test, tag.test]);
    expect(counts(splitRows(given, {}, 1))).toEqual([8, 0, 2]);
    expect(counts(splitRows(given, { test: 0.1 }, 1))).toEqual([9, 0, 1]);
    expect(counts(splitRows(given, { test: 0 }, 1))).toEqual([10, 0, 0]);
  });
});

describe("stratify", () => {
  const labels = Array.from({ length: 200 }, (_, i) => (i % 20 === 0 ? 2 : i % 4 === 0 ? 1 : 0)); // 150, 40 and 10 rows

  test.each([{ test: 0.2 }, { test: 0.33, validation: 0.1 }, { test: 31, validation: 17 }, { validation: 0.15, shuffle: false }])(
    "gives every class its share within one row: %o",
    (settings) => {
      const tags = splitRows(table(200, labels), { ...settings, stratify: true }, 4);
      const [, validation, test] = counts(tags);
      expect([validation, test]).toEqual(split(200, settings).slice(1));
      for (const label of [0, 1, 2]) {
        const rows = labels.filter((l) => l === label).length;
        const inPart = (wanted: number): number => labels.filter((l, row) => l === label && tags[row] === wanted).length;
        expect(Math.abs(inPart(tag.test) - (test * rows) / 200)).toBeLessThan(1);
        expect(Math.abs(inPart(tag.validation) - (validation * rows) / 200)).toBeLessThan(1.5);
      }
    },
  );

  test("needs classes, and enough rows of each", () => {
    const stratify = true;
    const rare = table(6, [0, 0, 0, 0, 0, 1]);
    expect(() => splitRows(rare, { test: 0.5, stratify }, 1)).toThrow('split.stratify: class "b" has 1 row(s), too few for 2 parts');
    expect(() => splitRows(table(60, labels.slice(0, 60)), { test: 2, stratify }, 1)).toThrow("2 test row(s) cannot hold all 3 classes");
    const numbers = tableOf({ x: vectors([[1], [2]]), label: { type: "numeric", shape: [], data: Float32Array.of(0.5, 1) } }, 2);
    expect(() => splitRows(numbers, { test: 0.5, stratify }, 1)).toThrow('the target "label" holds numbers, not classes');
    expect(() => splitRows(rare, { stratify }, 1)).not.toThrow();
  });
});

describe("splitRows refuses", () => {
  test("to leave nothing to train on", () => {
    expect(() => split(2, { test: 0.9 })).toThrow("split: no rows are left to train on: of 2, 2 for test were set aside");
    expect(() => split(10, { test: 0.5, validation: 0.5 })).toThrow("of 10, 5 for test and 5 for validation were set aside");
    expect(() => split(3, { test: 5 })).toThrow("of 3, 5 for test were set aside");
    expect(() => split(0, {})).toThrow("split: no rows are left to train on: of 0, none were set aside");
  });

  test('"given" where nothing is given', () => {
    expect(() => split(4, { test: "given" })).toThrow('split.test: asked for "given", but this source has no given test set');
    const cleaned = { ...table(2), givenTest: Uint8Array.of(0, 0) };
    expect(() => splitRows(cleaned, { test: "given" }, 1)).toThrow(
      "no row of the given test set is left; set a fraction instead, as in test: 0.2",
    );
  });

  test("settings that make no sense", () => {
    const rule = (key: string, value: unknown) => () => splitRules[key]?.(value, `split.${key}`);
    expect(rule("test", "gven")).toThrow('split.test: unknown value "gven"; did you mean "given"?');
    expect(rule("test", -0.1)).toThrow("split.test: expected a number >= 0, got -0.1");
    expect(rule("validation", 1.5)).toThrow("split.validation: expected an integer, got 1.5");
    expect(rule("stratify", 1)).toThrow("split.stratify: expected true or false, got 1");
    for (const value of [undefined, 0, 0.2, 30, "given"]) expect(rule("test", value)).not.toThrow();
  });
});

describe("partition", () => {
  test("hands out every row once, in order, with its id and label", () => {
    const whole = table(
      20,
      Array.from({ length: 20 }, (_, i) => i % 3),
    );
    const parts = partition(whole, splitRows(whole, { test: 0.3, validation: 0.2 }, 9));
    const all = [parts.train, parts.validation, parts.test].flatMap((part) => {
      const ids = [...(part?.ids ?? [])];
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      expect(Array.from(numericColumn(part as never, "x").data, (x) => x + 100)).toEqual(ids);
      expect([...numericColumn(part as never, "label").data]).toEqual(ids.map((id) => (id - 100) % 3));
      return ids;
    });
    expect(all.sort((a, b) => a - b)).toEqual([...whole.ids]);
  });

  test("leaves out parts without rows", () => {
    expect(Object.keys(partition(table(4), new Uint8Array(4)))).toEqual(["train"]);
  });
});
