// What every stage must pass, found by its kind: a stage that is not listed here fails the first test.
import { describe, expect, test } from "vitest";
import type { Descriptor } from "../../src/check.ts";
import { type CategoryColumn, type Column, column, type NumericColumn, type Table, type TextColumn } from "../../src/data/table.ts";
import { take } from "../../src/data/take.ts";
import { purpose, random } from "../../src/random.ts";
import { crop } from "../../src/stages/augment/crop.ts";
import { cutout } from "../../src/stages/augment/cutout.ts";
import { flip } from "../../src/stages/augment/flip.ts";
import { noise } from "../../src/stages/augment/noise.ts";
import { rotate } from "../../src/stages/augment/rotate.ts";
import { shift } from "../../src/stages/augment/shift.ts";
import { zoom } from "../../src/stages/augment/zoom.ts";
import { castTypes } from "../../src/stages/clean/castTypes.ts";
import { clipOutliers } from "../../src/stages/clean/clipOutliers.ts";
import { denoise } from "../../src/stages/clean/denoise.ts";
import { dropColumns } from "../../src/stages/clean/dropColumns.ts";
import { dropConstant } from "../../src/stages/clean/dropConstant.ts";
import { dropDuplicates } from "../../src/stages/clean/dropDuplicates.ts";
import { dropIncomplete } from "../../src/stages/clean/dropIncomplete.ts";
import { dropMissing } from "../../src/stages/clean/dropMissing.ts";
import { dropOutliers } from "../../src/stages/clean/dropOutliers.ts";
import { fillMissing } from "../../src/stages/clean/fillMissing.ts";
import { filterRows } from "../../src/stages/clean/filterRows.ts";
import { fixLabels } from "../../src/stages/clean/fixLabels.ts";
import { mapValues } from "../../src/stages/clean/mapValues.ts";
import { parseMissing } from "../../src/stages/clean/parseMissing.ts";
import { requireRange } from "../../src/stages/clean/requireRange.ts";
import { requireSchema } from "../../src/stages/clean/requireSchema.ts";
import { requireShape } from "../../src/stages/clean/requireShape.ts";
import type { StandardSchema } from "../../src/stages/clean/standardSchema.ts";
import { trimText } from "../../src/stages/clean/trimText.ts";
import { augmentStages, cleanStages, normalizeStages } from "../../src/stages/index.ts";
import { log1p } from "../../src/stages/normalize/log1p.ts";
import { minMax } from "../../src/stages/normalize/minMax.ts";
import { oneHot } from "../../src/stages/normalize/oneHot.ts";
import { ordinal } from "../../src/stages/normalize/ordinal.ts";
import { quantile } from "../../src/stages/normalize/quantile.ts";
import { robust } from "../../src/stages/normalize/robust.ts";
import { standardize } from "../../src/stages/normalize/standardize.ts";
import { targetEncode } from "../../src/stages/normalize/targetEncode.ts";
import { anonymize } from "../../src/stages/privacy/anonymize.ts";
import { checkAnonymity } from "../../src/stages/privacy/checkAnonymity.ts";
import { findPersonalData } from "../../src/stages/privacy/findPersonalData.ts";
import { oversample } from "../../src/stages/resample/oversample.ts";
import { smote } from "../../src/stages/resample/smote.ts";
import { undersample } from "../../src/stages/resample/undersample.ts";
import type { AffineStage, AugmentStage, CleanStage, ColumnStage, CurveStage, TableStage } from "../../src/stages/stage.ts";
import { bagOfWords } from "../../src/stages/text/bagOfWords.ts";
import { encode } from "../../src/stages/text/encode.ts";
import { normalizeText } from "../../src/stages/text/normalizeText.ts";
import { pad } from "../../src/stages/text/pad.ts";
import { removeNumbers } from "../../src/stages/text/removeNumbers.ts";
import { removePunctuation } from "../../src/stages/text/removePunctuation.ts";
import { removeStopwords } from "../../src/stages/text/removeStopwords.ts";
import { removeUrls } from "../../src/stages/text/removeUrls.ts";
import { stem } from "../../src/stages/text/stem.ts";
import { stripHtml } from "../../src/stages/text/stripHtml.ts";
import { synonyms } from "../../src/stages/text/synonyms.ts";
import { tfidf } from "../../src/stages/text/tfidf.ts";
import { tokenize } from "../../src/stages/text/tokenize.ts";
import { vocabulary, vocabularyStage } from "../../src/stages/text/vocabulary.ts";
import { wordDropout } from "../../src/stages/text/wordDropout.ts";
import { wordSwap } from "../../src/stages/text/wordSwap.ts";
import { finish } from "../../src/stages/work.ts";
import { learn, splitRows } from "../support/work.ts";
import { classes, samples, snapshot, tableOf } from "./tables.ts";

const wellKnown: StandardSchema = {
  "~standard": {
    version: 1,
    vendor: "test",
    validate: (row) => (JSON.stringify(row).includes("null") ? { issues: [{ message: "null" }] } : {}),
  },
};
const texts: Descriptor[] = [normalizeText(), removeNumbers(), removePunctuation(), removeUrls(), stripHtml(), tokenize()];
const wordy: Descriptor[] = [removeStopwords(), stem()];
/** Stages that name columns. */
const named: Descriptor[] = [
  castTypes({ age: "category", city: "text", note: "category" }),
  castTypes({ sex: "number" }, { invalid: "missing" }),
  dropColumns(["city"]),
  dropConstant({ columns: ["age", "city", "height"] }),
  dropColumns({ match: "^[cs]" }),
  filterRows({
    any: [
      { column: "age", min: 2, max: 4 },
      { column: "city", in: ["Bern"] },
    ],
  }),
  anonymize({ columns: ["age"], how: { width: 10 } }),
  anonymize({ columns: ["city"], how: "drop" }),
  findPersonalData(),
  checkAnonymity({ quasiIdentifiers: ["city"] }),
  mapValues({ city: { Bern: "Wien", Rom: null }, age: { "1": 7, "2": null }, note: { " a": "b" } }),
];
const clean: Descriptor[] = [
  ...texts,
  ...wordy,
  ...named,
  clipOutliers({ method: "zScore", factor: 1 }),
  denoise(),
  dropMissing(),
  dropOutliers({ method: "quantiles", range: [0.1, 0.9] }),
  fixLabels({ a: "b", c: null }),
  parseMissing([5]),
  trimText(),
  dropDuplicates(),
  dropIncomplete(),
  fillMissing({ strategy: "median" }),
  requireRange({ min: -10, max: 10 }),
  requireShape([3, 3]),
  requireSchema(wellKnown),
];
/** Stages that make another column, each with what it works on. */
const columns: [Descriptor, (rows: readonly string[]) => Column][] = [
  [vocabulary({ minCount: 1 }), words],
  [bagOfWords(), knownWords],
  [bagOfWords({ binary: true }), knownWords],
  [tfidf(), knownWords],
  [encode(), knownWords],
  [pad(), numbers],
];
const scale: Descriptor[] = [
  minMax(),
  standardize(),
  robust(),
  minMax({ to: [-1, 1], per: "feature" }),
  standardize({ per: "feature" }),
  robust({ quantiles: [0.1, 0.9], unitVariance: true, per: "all" }),
];
/** Stages that bend numbers. */
const curves: Descriptor[] = [log1p(), quantile(), quantile({ outputDistribution: "normal", quantiles: 3, per: "feature" })];
/** Stages that make another table. */
const tabular: Descriptor[] = [oneHot(), oneHot({ drop: "first" }), ordinal(), targetEncode(), targetEncode({ smoothing: 3, folds: 2 })];
const augment: Descriptor[] = [
  rotate({ degrees: 10 }),
  zoom({ range: [0.9, 1.1] }),
  crop({ padding: 2 }),
  shift({ x: 0.1, y: 0.1 }),
  flip(),
  noise({ deviation: 0.1 }),
  cutout({ size: 2 }),
  wordDropout({ rate: 0.3 }),
  wordSwap({ rate: 0.3 }),
  synonyms({ table: { a: ["b", "c"], b: ["a"] }, rate: 0.5 }),
  oversample(),
  undersample({ ratio: 0.5 }),
  smote({ neighbors: 2 }),
];

test("the battery knows every stage", () => {
  const kinds = (list: Descriptor[]): string[] => [...new Set(list.map(({ kind }) => kind))].sort();
  expect(Object.keys(cleanStages).sort()).toEqual(kinds(clean));
  expect(Object.keys(normalizeStages).sort()).toEqual(kinds([...columns.map(([stage]) => stage), ...scale, ...curves, ...tabular]));
  expect(Object.keys(augmentStages).sort()).toEqual(kinds(augment));
  for (const [kind, stage] of Object.entries({ ...cleanStages, ...normalizeStages, ...augmentStages })) expect(stage.kind).toBe(kind);
});

test.each([...clean, ...columns.map(([stage]) => stage), ...scale, ...curves, ...tabular, ...augment])(
  "a descriptor is frozen, and is the same after JSON: $kind",
  (stage) => {
    expect(Object.isFrozen(stage)).toBe(true);
    const again = JSON.parse(JSON.stringify(stage)) as Descriptor;
    // A schema is code, of which only its maker's name is told.
    if (stage.kind === "requireSchema") expect(again).toEqual({ kind: "requireSchema", schema: { omitted: "schema of test" } });
    else expect(again).toEqual(stage);
  },
);

/** Rows of 3 × 3 with a constant column, and every third row a repetition with something missing. */
function pictures(rows: number): Table {
  const source = random(11, purpose.data);
  const data = Float32Array.from({ length: rows * 9 }, (_, i) => (i % 9 === 4 ? 5 : Math.fround(source.normal())));
  for (let row = 2; row < rows; row += 3) data[row * 9] = Number.NaN;
  const image: NumericColumn = { type: "numeric", shape: [3, 3], data };
  return tableOf({ image, label: classes(Array.from({ length: rows }, (_, i) => i % 3)) }, rows, { givenTest: new Uint8Array(rows) });
}

/** Rows of many columns with missing cells and repetitions. The list of cities names one that no row has, and is in no order. */
function people(rows: number): Table {
  const numbers = (f: (row: number) => number): Column => ({
    type: "numeric",
    shape: [],
    data: Float64Array.from({ length: rows }, (_, i) => f(i)),
  });
  const city: Column = {
    type: "category",
    categories: ["Rom", "Wien", "Bern"],
    codes: Int32Array.from({ length: rows }, (_, i) => [2, 0, 0][i % 3] as number),
  };
  const sex: Column = {
    type: "category",
    categories: ["m", "f"],
    codes: Int32Array.from({ length: rows }, (_, i) => [1, 0, 1, -1][i % 4] as number),
  };
  const label = classes(Array.from({ length: rows }, (_, i) => i % 3));
  const note: Column = { type: "text", values: Array.from({ length: rows }, (_, i) => [" a", "b", "", "a\n"][i % 4] as string) };
  const age = numbers((i) => (i % 5 === 3 ? Number.NaN : i % 6));
  return tableOf({ age, city, height: numbers((i) => 1.5 + (i % 2)), sex, note, label }, rows, { givenTest: new Uint8Array(rows) });
}

const reviews = [
  "A good film!",
  "bad: 2 out of 10",
  "A good film!",
  "see www.example.org, or mail me@example.org",
  "Ünïcödé  ﬁlm\n",
  "...",
];

/** The reviews over and over. */
function writings(rows: number): Table {
  const text: Column = { type: "text", values: Array.from({ length: rows }, (_, i) => reviews[i % reviews.length] as string) };
  return tableOf({ text, label: classes(Array.from({ length: rows }, (_, i) => i % 3)) }, rows, { givenTest: new Uint8Array(rows) });
}

function words(rows: readonly string[]): Column {
  const text: Column = { type: "text", values: rows };
  const apply = (cleanStages.tokenize as CleanStage<Descriptor, unknown>).apply(tokenize(), tableOf({ text }, rows.length), null);
  return column(finish(apply).table, "text");
}

function knownWords(rows: readonly string[]): Column {
  const known = vocabularyStage.fit(vocabulary(), words(reviews));
  return vocabularyStage.apply(vocabulary(), words(rows), known);
}

function numbers(rows: readonly string[]): Column {
  return (normalizeStages.encode as ColumnStage<Descriptor, unknown>).apply(encode(), knownWords(rows), null);
}

/** The reviews as words. */
function wordings(rows: number): Table {
  const table = writings(rows);
  return { ...table, columns: { ...table.columns, text: words((table.columns.text as TextColumn).values) } };
}

/** What each row holds. */
function contents(c: Column): unknown[] {
  if (c.type === "text") return [...c.values];
  if (c.type === "category") return Array.from(c.codes, (code) => c.categories[code]);
  if (c.type === "numeric") {
    const width = c.shape.reduce((a, b) => a * b, 1);
    return Array.from({ length: c.data.length / width }, (_, row) => [...c.data.slice(row * width, (row + 1) * width)].map(String));
  }
  return Array.from({ length: c.offsets.length - 1 }, (_, row) =>
    [...c.ids.slice(c.offsets[row], c.offsets[row + 1])].map((id) => (c.type === "tokens" ? c.words[id] : id)),
  );
}

const made = (stage: Descriptor) =>
  texts.includes(stage) ? writings : wordy.includes(stage) ? wordings : named.includes(stage) ? people : pictures;
const ofPeople: Descriptor[] = [
  dropDuplicates(),
  dropDuplicates({ columns: ["city"] }),
  dropIncomplete(),
  fillMissing({ columns: "numeric" }),
  fillMissing({ strategy: "mostFrequent" }),
  fillMissing({ strategy: "constant", value: "?", columns: { match: "^s" } }),
  fillMissing({ strategy: "forward" }),
  requireRange({ min: 1, columns: ["age"] }),
  requireRange({ max: 1.6, columns: { match: "^(age|height)$" } }),
  clipOutliers({ factor: 0.1, columns: ["age"] }),
  dropDuplicates({ columns: ["sex", "city"], keep: "last" }),
  dropDuplicates({ columns: ["sex", "city"], keep: false }),
  dropMissing({ threshold: 6 }),
  dropOutliers({ columns: "numeric", factor: 0.1 }),
  parseMissing(["m", "b", 3]),
  requireSchema(wellKnown),
  trimText(),
];

describe.each([...clean.map((stage) => [stage, made(stage)] as const), ...ofPeople.map((stage) => [stage, people] as const)])(
  "clean: %o",
  (stage, makeRows) => {
    const kind = cleanStages[stage.kind] as CleanStage<Descriptor, unknown>;
    const run = (table: Table) => finish(kind.apply(stage, table, learn(kind, stage, table)));

    test.each([1, 2, 20])("%i rows: the same twice, every row kept or reported, and the input as it was", (rows) => {
      const table = makeRows(rows);
      const before = snapshot(table);
      const [once, twice] = [run(table), run(table)];
      expect(snapshot(once.table)).toEqual(snapshot(twice.table));
      expect(once.removed).toEqual(twice.removed);
      expect(snapshot(table)).toEqual(before);
      expect([...once.table.ids, ...once.removed.map(({ id }) => id)].sort((a, b) => a - b)).toEqual([...table.ids]);
      expect(once.table.rows).toBe(once.table.ids.length);
      expect(once.table.givenTest?.length).toBe(once.table.rows);
      for (const column of Object.values(once.table.columns)) {
        if (column.type === "numeric") expect(column.data.length).toBe(once.table.rows * column.shape.reduce((a, b) => a * b, 1));
      }
      if (kind.rowwise) expect(once.removed).toEqual([]);
    });

    test.skipIf(!kind.rowwise)("does to one row what it does to it among others", () => {
      const table = makeRows(6);
      const fitted = learn(kind, stage, table);
      const whole = finish(kind.apply(stage, table, fitted)).table;
      for (let row = 0; row < 6; row++) {
        const alone = finish(kind.apply(stage, take(table, Uint32Array.of(row)), fitted)).table;
        expect(alone.inputs).toEqual(whole.inputs);
        for (const name of whole.inputs) expect(contents(column(alone, name))).toEqual([contents(column(whole, name))[row]]);
      }
    });

    test("no rows stay no rows", () => {
      if (kind.fit !== undefined) {
        // There is nothing to learn from no rows, and the message says so.
        if (JSON.stringify(stage).includes("constant")) return;
        expect(() => run(makeRows(0))).toThrow(/is (missing|empty) in every training row|there is no training row/);
        return;
      }
      const { table, removed, changed } = run(makeRows(0));
      expect([table.rows, removed, changed]).toEqual([0, [], 0]);
    });

    test.skipIf(kind.fit === undefined)("rows that are set aside change nothing that is fitted, and no training row", () => {
      const tags = Uint8Array.from({ length: 20 }, (_, row) => (row % 3 === 1 ? 1 + (row % 2) : 0));
      const training = Uint32Array.from(Array.from(tags.keys()).filter((row) => tags[row] === 0));
      const table = { ...makeRows(20), tags };
      // Every row that is set aside becomes another.
      const other = take(
        table,
        Uint32Array.from(tags, (tag, row) => (tag === 0 ? row : (row * 7 + 3) % 20)),
      );
      const outcome = ({ ids: _, ...rows }: Table): unknown => {
        const given = { ...rows, ids: table.ids, tags };
        const fitted = learn(kind, stage, take(given, training));
        const { table: made } = finish(kind.apply(stage, given, fitted));
        const kept = take(made, Uint32Array.from(Array.from(made.tags?.keys() ?? []).filter((row) => made.tags?.[row] === 0)));
        return { fitted, ids: [...kept.ids], rows: kept.inputs.map((name) => contents(column(kept, name))) };
      };
      expect(snapshot(other)).not.toEqual(snapshot(table));
      expect(outcome(other)).toEqual(outcome(table));
    });

    test.skipIf(kind.fit === undefined)("what is fitted survives JSON", () => {
      const fitted = learn(kind, stage, makeRows(9));
      expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
    });
  },
);

describe.each(columns)("normalize: %o", (stage, make) => {
  const kind = normalizeStages[stage.kind] as ColumnStage<Descriptor, unknown>;

  test("fitting twice gives the same plain data, which passes its own check, and the input stays", () => {
    const train = make(reviews);
    const before = JSON.stringify(contents(train));
    const fitted = kind.fit(stage, train);
    expect(kind.fit(stage, make(reviews.toReversed()))).toEqual(fitted);
    expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
    kind.check?.(JSON.parse(JSON.stringify(fitted)), "here");
    expect(contents(kind.apply(stage, train, fitted))).toEqual(contents(kind.apply(stage, train, fitted)));
    expect(JSON.stringify(contents(train))).toEqual(before);
  });

  test.skipIf(kind.check === undefined)("data that was not fitted is refused", () => {
    for (const other of [null, {}, { words: 3 }, { words: [1], size: 1 }]) expect(() => kind.check?.(other, "here")).toThrow(/^here/);
  });

  test("does to one row, and to a row that begins in the middle, what it does to it among others", () => {
    const fitted = kind.fit(stage, make(reviews));
    const whole = contents(kind.apply(stage, make(reviews), fitted));
    const table = tableOf({ text: make(reviews) }, reviews.length);
    for (const positions of [[0], [3], [2, 3, 4], [5, 0, 3, 3]]) {
      const some = column(take(table, Uint32Array.from(positions)), "text");
      expect(contents(kind.apply(stage, some, fitted))).toEqual(positions.map((p) => whole[p]));
    }
  });

  test("says what it expected where it gets numbers", () => {
    const plain: Column = { type: "numeric", shape: [1], data: Float32Array.of(1) };
    expect(() => kind.apply(stage, plain, { words: [], length: 1, idf: [] })).toThrow(
      /^\w+: expected (words|word numbers), but the input holds numbers$/,
    );
  });
});

describe.each(scale)("normalize: %o", (stage) => {
  const kind = normalizeStages[stage.kind] as AffineStage<Descriptor, unknown>;
  const rows = [
    [1, 5, -2],
    [2, 5, 0],
    [4, 5, 7],
  ];

  test.each([
    ["vectors", [3]],
    ["pictures", [1, 3]],
  ])("%s: fitting twice gives the same plain data, the input stays, and the map is finite", (_, shape) => {
    const train = samples(rows, shape);
    const fitted = finish(kind.fit(stage, train));
    expect(finish(kind.fit(stage, train))).toEqual(fitted);
    expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
    expect(rows).toEqual([
      [1, 5, -2],
      [2, 5, 0],
      [4, 5, 7],
    ]);
    const { scale, shift } = kind.affine(stage, fitted);
    expect(scale.length).toBe(shift.length);
    expect([1, 3]).toContain(scale.length);
    for (const value of [...scale, ...shift]) expect(Number.isFinite(value)).toBe(true);
  });

  test("one row, and rows that are all equal, give a finite map", () => {
    for (const equal of [
      [[3, -1, 0]],
      [
        [3, 3, 3],
        [3, 3, 3],
      ],
    ]) {
      const { scale, shift } = kind.affine(stage, finish(kind.fit(stage, samples(equal))));
      for (const value of [...scale, ...shift]) expect(Number.isFinite(value)).toBe(true);
    }
  });

  test("no rows are refused", () => {
    expect(() => finish(kind.fit(stage, samples([], [3])))).toThrow(`${stage.kind}: column "x" has no training rows`);
  });
});

describe.each(curves)("normalize: %o", (stage) => {
  const kind = normalizeStages[stage.kind] as CurveStage<Descriptor, unknown>;
  const rows = [
    [1, 5, 0],
    [2, 5, -0.5],
    [4, 5, 7],
  ];

  test.each([
    ["vectors", [3]],
    ["pictures", [1, 3]],
  ])("%s: fitting twice gives the same plain data, the input stays, and every curve rises through finite numbers", (_, shape) => {
    const train = samples(rows, shape);
    const before = JSON.stringify(rows);
    const fitted = finish(kind.fit(stage, train));
    expect(finish(kind.fit(stage, train))).toEqual(fitted);
    expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
    expect(JSON.stringify(rows)).toBe(before);
    for (const feature of [0, 1, 2]) {
      const curve = kind.curve(stage, JSON.parse(JSON.stringify(fitted)), feature);
      const made = [-0.9, -0.5, 0, 1e-9, 0.5, 1, 1.5, 2, 3, 4, 5, 5.5, 7, 100, 1e300].map(curve);
      for (const [i, value] of made.entries()) {
        expect(Number.isFinite(value)).toBe(true);
        if (i > 0) expect(value).toBeGreaterThanOrEqual(made[i - 1] as number);
      }
    }
  });

  test("one row, and rows that are all equal, give finite numbers", () => {
    for (const equal of [[[3, -0.5, 0]], Array(4).fill([3, 3, 3])]) {
      const fitted = finish(kind.fit(stage, samples(equal)));
      for (const value of [-0.75, 0, 3, 8]) expect(Number.isFinite(kind.curve(stage, fitted, 1)(value))).toBe(true);
    }
  });

  test.skipIf(stage.kind === "log1p")("no rows are refused", () => {
    expect(() => finish(kind.fit(stage, samples([], [3])))).toThrow(`${stage.kind}: column "x" has no training rows`);
  });
});

describe.each(tabular)("normalize: %o", (stage) => {
  const kind = normalizeStages[stage.kind] as TableStage<Descriptor, unknown>;
  const learned = (train: Table): unknown => finish(kind.fit(stage, train));
  const apply = (table: Table, fitted: unknown): Table => finish(kind.apply(stage, table, fitted));

  test("fitting twice gives the same plain data, which passes its own check, and the input stays", () => {
    const table = people(12);
    const before = snapshot(table);
    const fitted = learned(table);
    expect(
      learned(
        take(
          people(12),
          Uint32Array.from({ length: 12 }, (_, i) => 11 - i),
        ),
      ),
    ).toEqual(fitted);
    expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
    kind.check?.(JSON.parse(JSON.stringify(fitted)), "here");
    expect(snapshot(apply(table, fitted))).toEqual(snapshot(apply(table, fitted)));
    expect(snapshot(table)).toEqual(before);
  });

  test.skipIf(kind.check === undefined)("data that was not fitted is refused", () => {
    for (const other of [null, 3, [], { city: 3 }, { city: [1] }]) expect(() => kind.check?.(other, "here")).toThrow(/^here/);
  });

  test("what other rows hold changes nothing that is fitted", () => {
    const train = people(9);
    const whole = people(20);
    const { city } = whole.columns as { city: CategoryColumn };
    const other: CategoryColumn = {
      ...city,
      categories: ["Zug", ...city.categories],
      codes: city.codes.map((code, i) => (i < 9 ? code + 1 : 0)),
    };
    const first = Uint32Array.from({ length: 9 }, (_, i) => i);
    expect(learned(take({ ...whole, columns: { ...whole.columns, city: other } }, first))).toEqual(learned(train));
  });

  test("rows, ids, the target and other columns stay, and a row alone becomes what it is among others", () => {
    const table = people(8);
    const fitted = learned(table);
    const whole = apply(table, fitted);
    expect([whole.rows, whole.target, whole.ids, whole.columns.label, whole.columns.age]).toEqual([
      8,
      "label",
      table.ids,
      table.columns.label,
      table.columns.age,
    ]);
    for (const name of whole.inputs) expect(column(whole, name)).toBeDefined();
    for (const positions of [[0], [3], [2, 3, 4], [5, 0, 3, 3]]) {
      const some = apply(take(table, Uint32Array.from(positions)), fitted);
      for (const name of whole.inputs) expect(contents(column(some, name))).toEqual(positions.map((p) => contents(column(whole, name))[p]));
    }
  });

  test("no rows stay no rows", () => {
    expect(apply(people(0), learned(people(6))).rows).toBe(0);
  });
});

describe.each(augment)("augment: $kind", (stage) => {
  const kind = augmentStages[stage.kind] as AugmentStage<Descriptor>;
  const draws = (seed: number): unknown[] =>
    Array.from({ length: 20 }, (_, row) => {
      const draw = random(seed, purpose.augment, row).uniform;
      const image = { height: 6, width: 8, channels: 1 };
      const words = Int32Array.of(2, 3, 4, 2, 1, 3, 2, 4, 3, 2, 2, 3);
      kind.words?.(stage, ["", "[UNK]", "a", "b", "c"])(words, draw);
      const source = random(seed, purpose.resample, row);
      const strata = [Uint32Array.from({ length: 13 }, (_, i) => i), Uint32Array.of(13, 14, 15, 16, 17)];
      const numbers = samples(Array.from({ length: 18 }, (_, i) => [i * i]));
      const chosen = kind.order?.(stage, strata, source).map((rows) => [...rows]);
      const made = kind.blend && finish(kind.blend(stage, strata, numbers, source, String));
      const blends = made && [[...made.from], [...made.towards], [...made.share]];
      const whole = kind.batch === undefined && chosen === undefined ? draw() : 0;
      return [kind.warp?.(stage, draw, image), kind.rect?.(stage, draw, image), [...words], chosen, blends, whole];
    });

  test("moves pixels, works on batches, changes words, chooses rows or makes rows", () => {
    expect([kind.warp, kind.batch, kind.words, kind.order, kind.blend].filter((does) => does !== undefined)).toHaveLength(1);
    if (kind.rect !== undefined) expect(kind.batch).toBeDefined();
  });

  test("is the same under the same seed, and differs from row to row and under another", () => {
    expect(draws(1)).toEqual(draws(1));
    if (kind.batch !== undefined && kind.rect === undefined) return;
    expect(draws(2)).not.toEqual(draws(1));
    expect(new Set(draws(1).map((drawn) => JSON.stringify(drawn))).size).toBeGreaterThan(10);
  });

  test("gives finite numbers for a picture of one pixel", () => {
    const drawn = [1, 2, 3].flatMap((seed) => {
      const draw = random(seed, purpose.augment).uniform;
      const image = { height: 1, width: 1, channels: 1 };
      return [...(kind.warp?.(stage, draw, image) ?? []), ...(kind.rect?.(stage, draw, image) ?? [])];
    });
    for (const value of drawn) expect(Number.isFinite(value)).toBe(true);
  });
});

test("split: deterministic under its seed, and the input stays", () => {
  const table = pictures(30);
  const before = snapshot(table);
  const settings = { test: 0.2, validation: 0.2, stratify: true };
  expect(splitRows(table, settings, 5)).toEqual(splitRows(table, settings, 5));
  expect(splitRows(table, settings, 6)).not.toEqual(splitRows(table, settings, 5));
  expect(snapshot(table)).toEqual(before);
});
