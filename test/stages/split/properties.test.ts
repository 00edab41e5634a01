// What holds whatever the settings: parts are disjoint and cover all rows, sizes follow scikit-learn's rule, groups are in one part.
import { describe, expect, test } from "vitest";
import { purpose, type Random, random } from "../../../src/random.ts";
import { type SplitSettings, tag } from "../../../src/stages/split/settings.ts";
import { foldTags, splitRows } from "../../support/work.ts";
import { classes, tableOf, vectors } from "../tables.ts";

interface Case {
  readonly rows: number;
  readonly labels: readonly number[];
  readonly keys: readonly number[];
  readonly seed: number;
}

const between = (source: Random, low: number, high: number): number => low + source.integer(high - low + 1);

function draw(seed: number): Case {
  const source = random(seed, purpose.data);
  const rows = between(source, 60, 140);
  const groups = between(source, 12, 30);
  const labels = Array.from({ length: rows }, (_, i) => (i < 24 ? i % 3 : Math.floor(3 * source.uniform() ** 2)));
  const keys = Array.from({ length: rows }, (_, i) => (i < groups ? i : source.integer(groups)));
  return { rows, labels, keys, seed };
}

const tableOfCase = ({ rows, labels, keys }: Case) =>
  tableOf({ x: vectors(labels.map((_, i) => [i])), key: { type: "text", values: keys.map(String) }, label: classes(labels) }, rows);
const count = (tags: Uint8Array, wanted: number): number => tags.filter((t) => t === wanted).length;
const up = (share: number, of: number): number => Math.ceil(share * of);
const cases = Array.from({ length: 30 }, (_, i) => draw(i + 1));

/** Distances from the share that each class should have. */
function strays({ labels }: Case, tags: Uint8Array, part: number): number[] {
  const share = count(tags, part) / labels.length;
  return [0, 1, 2].map((label) => {
    const all = labels.filter((l) => l === label).length;
    return Math.abs(labels.filter((l, row) => l === label && tags[row] === part).length - share * all);
  });
}

function expectWhole({ keys }: Case, tags: Uint8Array): void {
  const part = new Map<number, number>();
  keys.forEach((key, row) => {
    expect(part.get(key) ?? tags[row]).toBe(tags[row]);
    part.set(key, tags[row] as number);
  });
}

describe.each(cases)("$rows rows, seed $seed", (drawn) => {
  const table = tableOfCase(drawn);
  const source = random(drawn.seed, purpose.data, 1);
  const [test_, validation] = [0.1 + 0.3 * source.uniform(), 0.1 + 0.2 * source.uniform()];
  const folds = between(source, 2, 6);

  test("hold-out", () => {
    for (const stratify of [false, true]) {
      const tags = splitRows(table, { test: test_, validation, stratify }, drawn.seed);
      expect([count(tags, tag.test), count(tags, tag.validation)]).toEqual([up(test_, drawn.rows), up(validation, drawn.rows)]);
      expect(count(tags, tag.unused)).toBe(0);
      if (stratify) for (const stray of strays(drawn, tags, tag.test)) expect(stray).toBeLessThan(1);
    }
    const grouped = splitRows(table, { test: test_, validation, group: "key" }, drawn.seed);
    expectWhole(drawn, grouped);
    const groups = new Set(drawn.keys).size;
    const held = new Set(drawn.keys.filter((_, row) => grouped[row] === tag.test));
    expect(held.size).toBe(up(test_, groups));
    const timed = splitRows(table, { test: test_, validation, orderBy: "key" }, drawn.seed);
    expectWhole(drawn, timed);
    const keysOf = (part: number): number[] => drawn.keys.filter((_, row) => timed[row] === part);
    expect(Math.max(...keysOf(tag.train))).toBeLessThan(Math.min(...keysOf(tag.validation)));
    expect(Math.max(...keysOf(tag.validation))).toBeLessThan(Math.min(...keysOf(tag.test)));
    const commonest = Math.max(...drawn.keys.map((key) => drawn.keys.filter((k) => k === key).length));
    expect(Math.abs(count(timed, tag.test) - up(test_, drawn.rows))).toBeLessThan(commonest);
  });

  test.each<SplitSettings>([{}, { stratify: true }, { group: "key" }, { group: "key", stratify: true }, { shuffle: false }])(
    "folds %j: every row is tested once",
    (settings) => {
      const all = Array.from({ length: folds }, (_, fold) => foldTags(table, { ...settings, folds }, drawn.seed, 0, fold));
      for (let row = 0; row < drawn.rows; row++) expect(all.filter((tags) => tags[row] === tag.test)).toHaveLength(1);
      for (const tags of all) {
        expect(count(tags, tag.train) + count(tags, tag.test)).toBe(drawn.rows);
        if (settings.group !== undefined) expectWhole(drawn, tags);
        else expect(Math.abs(count(tags, tag.test) - drawn.rows / folds)).toBeLessThan(1);
        if (settings.stratify === true && settings.group === undefined)
          for (const label of [0, 1, 2]) {
            const rows = drawn.labels.filter((l) => l === label).length;
            const held = drawn.labels.filter((l, row) => l === label && tags[row] === tag.test).length;
            expect(Math.abs(held - rows / folds)).toBeLessThan(1);
          }
      }
    },
  );

  test("folds with validation rows: they come out of the training rows", () => {
    for (const settings of [{}, { stratify: true }, { group: "key" }]) {
      const without = foldTags(table, { ...settings, folds }, drawn.seed, 0, 1);
      const tags = foldTags(table, { ...settings, folds, validation }, drawn.seed, 0, 1);
      tags.forEach((t, row) => {
        expect(t === tag.test).toBe(without[row] === tag.test);
      });
      const rest = drawn.rows - count(without, tag.test);
      if (!("group" in settings)) expect(count(tags, tag.validation)).toBe(up(validation, rest));
      else expectWhole(drawn, tags);
    }
  });

  test("folds in time: earlier rows train, later ones are unused", () => {
    for (let fold = 0; fold < folds; fold++) {
      const tags = foldTags(table, { folds, orderBy: "key" }, drawn.seed, 0, fold);
      expectWhole(drawn, tags);
      const held = drawn.keys.filter((_, row) => tags[row] === tag.test);
      drawn.keys.forEach((key, row) => {
        const wanted = key < Math.min(...held) ? tag.train : key > Math.max(...held) ? tag.unused : tag.test;
        expect(tags[row]).toBe(wanted);
      });
    }
  });
});
