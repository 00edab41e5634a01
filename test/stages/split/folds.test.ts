// Folds: the examples of scikit-learn's user guide, without shuffling.
import { describe, expect, test } from "vitest";
import { type SplitSettings, tag } from "../../../src/stages/split/settings.ts";
import { foldTags } from "../../support/work.ts";
import { classes, tableOf, vectors } from "../tables.ts";

const table = (labels: readonly number[], keys: readonly (number | string)[] = labels, more = {}) =>
  tableOf(
    {
      x: vectors(
        labels.map((_, i) => [i]),
        1,
      ),
      key: { type: "text", values: keys.map(String) },
      label: classes(labels),
    },
    labels.length,
    more,
  );
const of = (tags: Uint8Array, wanted: number): number[] => [...tags.keys()].filter((row) => tags[row] === wanted);
const tests = (rows: ReturnType<typeof table>, settings: SplitSettings & { folds: number }): number[][] =>
  Array.from({ length: settings.folds }, (_, fold) => of(foldTags(rows, settings, 1, 0, fold), tag.test));
const zeros = (n: number): number[] => new Array<number>(n).fill(0);
const shuffle = false;

describe("as scikit-learn's", () => {
  test("KFold: the first folds have one row more", () => {
    expect(tests(table(zeros(10)), { folds: 3, shuffle })).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
  });

  test("StratifiedKFold", () => {
    const labels = [...zeros(45), 1, 1, 1, 1, 1];
    const counts = tests(table(labels), { folds: 3, stratify: true, shuffle }).map((rows) => [
      rows.filter((r) => r < 45).length,
      rows.filter((r) => r >= 45).length,
    ]);
    expect(counts).toEqual([
      [15, 2],
      [15, 2],
      [15, 1],
    ]);
  });

  test("GroupKFold", () => {
    expect(tests(table(zeros(10), [1, 1, 1, 2, 2, 2, 3, 3, 3, 3]), { folds: 3, group: "key", shuffle })).toEqual([
      [6, 7, 8, 9],
      [3, 4, 5],
      [0, 1, 2],
    ]);
  });

  test("StratifiedGroupKFold", () => {
    const labels = [1, 1, 1, 1, 1, 1, ...zeros(12)];
    const groups = [1, 2, 3, 3, 4, 4, 1, 1, 2, 2, 3, 4, 5, 5, 5, 6, 6, 6];
    expect(tests(table(labels, groups), { folds: 3, group: "key", stratify: true, shuffle })).toEqual([
      [1, 8, 9, 12, 13, 14],
      [2, 3, 10, 15, 16, 17],
      [0, 4, 5, 6, 7, 11],
    ]);
  });

  test("TimeSeriesSplit: training rows come before, later rows are unused", () => {
    const rows = table(zeros(6), [1, 2, 3, 4, 5, 6]);
    const tags = [0, 1, 2].map((fold) => [...foldTags(rows, { folds: 3, orderBy: "key" }, 1, 0, fold)]);
    expect(tags).toEqual([
      [0, 0, 0, 2, 3, 3],
      [0, 0, 0, 0, 2, 3],
      [0, 0, 0, 0, 0, 2],
    ]);
  });
});

test("windows of time keep ties together, each with rows of its own", () => {
  const rows = table(zeros(9), [1, 1, 1, 1, 2, 3, 4, 4, 4]);
  expect(tests(rows, { folds: 3, orderBy: "key" })).toEqual([[4], [5], [6, 7, 8]]);
  expect(tests(rows, { folds: 2, orderBy: "key" })).toEqual([
    [4, 5],
    [6, 7, 8],
  ]);
});

test("rows that are held out for the final model are unused", () => {
  const givenTest = Uint8Array.of(0, 0, 1, 0, 0, 1);
  const rows = table([0, 1, 0, 0, 1, 1], undefined, { givenTest });
  for (const fold of [0, 1]) {
    expect(of(foldTags(rows, { folds: 2, stratify: true }, 1, 0, fold), tag.unused)).toEqual([2, 5]);
    expect(of(foldTags(rows, { folds: 2, test: 0 }, 1, 0, fold), tag.unused)).toEqual([]);
  }
});

test("a repeat has other folds, and the same seed the same", () => {
  const rows = table(zeros(40));
  const drawn = (seed: number, repeat: number): string => foldTags(rows, { folds: 4, repeats: 2 }, seed, repeat, 0).join("");
  expect(drawn(1, 0)).toBe(drawn(1, 0));
  expect(drawn(1, 1)).not.toBe(drawn(1, 0));
  expect(drawn(2, 0)).not.toBe(drawn(1, 0));
});

test.each<[SplitSettings, string]>([
  [{ folds: 5 }, "split.folds: 4 row(s) are to be divided into 5 folds"],
  [{ folds: 3, stratify: true }, 'split.stratify: class "a" has 2 row(s), too few for 3 folds'],
  [{ folds: 3, group: "key" }, 'split.group: "key" has 2 group(s), which are to be divided into 3 folds'],
  [{ folds: 3, orderBy: "key" }, 'split.orderBy: "key" has 2 different value(s), and 3 folds need 4'],
])("too little to divide is refused: %j", (settings, message) => {
  expect(() => foldTags(table([0, 0, 1, 1]), settings, 1, 0, 0)).toThrow(message);
});
