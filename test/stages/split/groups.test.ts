// Rows that belong together, and rows in the order of time.
import { describe, expect, test } from "vitest";
import { checkSplit, type SplitSettings, tag } from "../../../src/stages/split/settings.ts";
import { splitRows } from "../../support/work.ts";
import { classes, tableOf, vectors } from "../tables.ts";

type Keys = readonly (string | number)[];

const keyed = (keys: Keys, givenTest?: readonly number[]) =>
  tableOf(
    {
      x: vectors(
        keys.map((_, i) => [i]),
        1,
      ),
      key: { type: "text", values: keys.map(String) },
      label: classes(keys.map((_, i) => i % 3)),
    },
    keys.length,
    givenTest && { givenTest: Uint8Array.from(givenTest) },
  );
const split = (keys: Keys, settings: SplitSettings, seed = 1): number[] => [...splitRows(keyed(keys), settings, seed)];
const { train, validation, test: held } = tag;

describe("group", () => {
  // GroupShuffleSplit: 0.5 of 4 groups.
  const keys = [1, 1, 2, 2, 3, 3, 4, 4];

  test("counts groups, rounded up, and keeps each in one part", () => {
    const tags = split(keys, { group: "key", test: 0.3, validation: 1 });
    for (let row = 0; row < 8; row += 2) expect(tags[row]).toBe(tags[row + 1]);
    expect(tags.filter((t) => t === held)).toHaveLength(4);
    expect(tags.filter((t) => t === validation)).toHaveLength(2);
  });

  test("is drawn at random, by the seed", () => {
    const drawn = new Set([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => split(keys, { group: "key", test: 0.25 }, seed).join("")));
    expect(drawn.size).toBeGreaterThan(2);
    expect(split(keys, { group: "key", test: 0.25, shuffle: false })).toEqual([0, 0, 0, 0, 0, 0, 2, 2]);
  });

  test("may be a named feature of a vector", () => {
    const table = tableOf(
      {
        x: {
          ...vectors([
            [7, 1],
            [8, 2],
            [7, 3],
            [9, 4],
          ]),
          features: ["patient", "age"],
        },
      },
      4,
    );
    const tags = splitRows(table, { group: "patient", test: 1 }, 1);
    expect(tags[0]).toBe(tags[2]);
    expect(() => splitRows(table, { group: "x", test: 1 }, 1)).toThrow('split.group: column "x" holds several numbers a row');
    expect(() => splitRows(table, { group: "pateint", test: 1 }, 1)).toThrow('split.group: there is no column "pateint"; known: ');
  });

  test("may be a column of categories", () => {
    const table = tableOf({ key: { type: "category", categories: ["b", "a"], codes: Int32Array.of(0, 1, 0, 1, 0) } }, 5);
    expect([...splitRows(table, { group: "key", test: 1, shuffle: false }, 1)]).toEqual([2, 0, 2, 0, 2]);
    const missing = tableOf({ key: { type: "category", categories: ["a"], codes: Int32Array.of(0, -1) } }, 2);
    expect(() => splitRows(missing, { group: "key", test: 1 }, 1)).toThrow('row 101 has no "key"');
  });

  test("is refused where it is missing, too few, or cut in two by what is given", () => {
    expect(() => split([1, "", 2], { group: "key", test: 1 })).toThrow('split.group: row 101 has no "key"; fill it, or drop such rows');
    expect(() => split([1, 1, 2, 2], { group: "key", test: 0.6 })).toThrow(
      "no groups are left to train on: of 2, 2 for test were set aside",
    );
    const given = (marks: number[]) => () => splitRows(keyed([1, 1, 2, 2], marks), { group: "key", test: "given" }, 1);
    expect(given([0, 0, 1, 1])).not.toThrow();
    expect(given([0, 1, 1, 1])).toThrow("split.group: rows 100 and 101 are of one group, but only the latter is a given test row");
  });
});

describe("orderBy", () => {
  test("takes the latest rows for testing and those before them for validation", () => {
    const days = ["2026-03-01", "2026-01-01", "2026-05-01", "2026-02-01", "2026-04-01"];
    expect(split(days, { orderBy: "key", test: 1, validation: 1 })).toEqual([train, train, held, train, validation]);
    expect(split([30, 4, 100, 5], { orderBy: "key", test: 0.25 })).toEqual([train, train, held, train]);
  });

  test("moves a border to the nearest place between two moments", () => {
    expect(split([1, 2, 2, 2, 3, 3], { orderBy: "key", test: 1 })).toEqual([0, 0, 0, 0, 2, 2]);
    expect(split([1, 2, 2, 2, 3, 3], { orderBy: "key", test: 3 })).toEqual([0, 0, 0, 0, 2, 2]);
    expect(split([1, 2, 2, 2, 3, 3], { orderBy: "key", test: 2, validation: 1 })).toEqual([0, 1, 1, 1, 2, 2]);
    // The border that is wanted would leave no moment for validation.
    expect(split([1, 1, 1, 2, 3], { orderBy: "key", test: 2, validation: 1 })).toEqual([0, 0, 0, 1, 2]);
  });

  test("knows moments by date, time and zone", () => {
    const moments = ["2026-11-24T10:00:00+02:00", "2026-11-24 09:00", "2026-11-24T09:30Z", "2026-11-24T10:15:00+0200"];
    // 08:00, 09:00, 09:30, 08:15
    expect(split(moments, { orderBy: "key", test: 1, validation: 1 })).toEqual([0, 1, 2, 0]);
    expect(() => split(["2026-01-01", "soon"], { orderBy: "key", test: 1 })).toThrow(
      'split.orderBy: "key" of row 101 is "soon"; expected numbers, or dates such as 2026-11-24',
    );
  });

  test("needs moments enough", () => {
    expect(() => split([1, 1, 1], { orderBy: "key", test: 1 })).toThrow('"key" has 1 different value(s), too few for 2 parts');
    expect(() => split([1, 2, 2], { orderBy: "key", test: 1, validation: 1 })).toThrow("2 different value(s), too few for 3 parts");
  });
});

test("rows without a target are no class and have no part in a count", () => {
  const labels = [...Array.from({ length: 20 }, (_, i) => i % 2), -1, -1, -1];
  const table = tableOf({ x: vectors(labels.map((_, i) => [i])), label: classes(labels) }, labels.length);
  for (const stratify of [true, false]) {
    const tags = [...splitRows(table, { test: 0.2, validation: 0.2, stratify }, 1)];
    expect(tags.slice(20)).toEqual([train, train, train]);
    expect([held, validation].map((part) => tags.filter((t) => t === part).length)).toEqual([4, 4]);
  }
});

test.each<[SplitSettings, string]>([
  [{ orderBy: "a", group: "b" }, "split.orderBy: it does not go with group"],
  [{ orderBy: "a", stratify: true }, "split.orderBy: it does not go with stratify"],
  [{ orderBy: "a", shuffle: true }, "split.orderBy: it does not go with shuffle: true"],
  [{ orderBy: "a", folds: 3, repeats: 2 }, "split.repeats: with orderBy every repeat would be the same"],
  [{ group: "a", stratify: true, test: 0.2 }, "split.stratify: a group goes into one part as a whole"],
  [{ group: "a", stratify: true, folds: 3, validation: 0.2 }, "split.stratify: a group goes into one part as a whole"],
  [{ repeats: 2 }, "split.repeats: it repeats folds, and there are none"],
  [{ refit: false }, "split.refit: it goes with folds, and there are none"],
  [{ folds: 3, repeats: 2, shuffle: false }, "split.repeats: without shuffle every repeat would be the same"],
])("settings that exclude each other are refused: %j", (settings, message) => {
  expect(() => checkSplit(settings)).toThrow(message);
});
