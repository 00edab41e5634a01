// The leak battery: whatever validation and test rows hold, and however many there are, nothing that is learned changes. Every stage of the
// index has a case here, and a stage without one fails the first test; then random pipelines of stages for tables.
import { describe, expect, it } from "vitest";
import { type CategoryColumn, type Column, column, type NumericColumn, type Table, type TextColumn } from "../../src/data/table.ts";
import * as stages from "../../src/node/index.ts";
import { build } from "../../src/pipeline/build.ts";
import type { Pipeline } from "../../src/pipeline/define.ts";
import { clean, normalize, type Prepared, split } from "../../src/pipeline/prepare.ts";
import { resample } from "../../src/pipeline/resample.ts";
import { train } from "../../src/pipeline/train.ts";
import { purpose, type Random, random, shuffle } from "../../src/random.ts";
import { augmentStages, cleanStages, normalizeStages } from "../../src/stages/index.ts";
import type { Work } from "../../src/stages/work.ts";
import { classes, tableOf } from "../stages/tables.ts";
import { contextOf, resultOf } from "../support/runs.ts";

type Rows = "people" | "texts" | "pictures";
type Stages = Pick<Pipeline, "clean" | "normalize" | "augment">;

/** What rows are for is in their numbers: training rows from 0 on, validation rows from 1000, test rows from 2000. */
function* tagsOf({ ids }: Table): Work<Uint8Array> {
  yield 0;
  return Uint8Array.from(ids, (id) => Math.floor(id / 1000));
}

interface Cell {
  readonly age: number;
  readonly income: number;
  readonly city: string;
  readonly job: string;
  readonly note: string;
  readonly pixels: readonly number[];
  readonly label: number;
}

const pick = <T>(source: Random, list: readonly T[]): T => list[source.integer(list.length)] as T;

/** A row; those that are not for training hold what no training row does. */
function cell(source: Random, strange: boolean): Cell {
  const far = strange ? 1000 : 1;
  const words = strange
    ? ["strange", "words", "www.example.org", "7"]
    : ["a", "good", "<b>bad</b>", "film!", "2", "of", "https://example.org"];
  return {
    age: source.uniform() < 0.15 ? Number.NaN : far * (20 + source.normal() * 9),
    income: far * -1000 * Math.log(1 - source.uniform()),
    city: source.uniform() < 0.1 ? "" : pick(source, strange ? ["Oslo", "Bern", "Kyiv"] : ["Bern", "Rom", "Wien", "Graz"]),
    job: pick(source, strange ? ["none", "cook"] : ["cook", "smith", "nurse"]),
    note: Array.from({ length: 3 + source.integer(4) }, () => pick(source, words)).join(" "),
    pixels: Array.from({ length: 16 }, () => far * source.uniform()),
    label: source.integer(3),
  };
}

const categories = (values: readonly string[]): CategoryColumn => {
  const names = [...new Set(values.filter(Boolean))];
  return { type: "category", categories: names, codes: Int32Array.from(values, (value) => names.indexOf(value)) };
};

/** Forty training rows, always the same, and between them rows for validation and test, which depend on `other`. */
function rowsOf(kind: Rows, seed: number, other: number): Table {
  const own = random(seed, purpose.data);
  const strange = random(seed, purpose.data, 1, other);
  const rows: [id: number, cell: Cell][] = [];
  const counts = [0, 0, 0];
  const add = (tag: number): void => {
    rows.push([tag * 1000 + (counts[tag] as number), cell(tag === 0 ? own : strange, tag !== 0)]);
    counts[tag] = (counts[tag] as number) + 1;
  };
  for (let i = 0; i < 40; i++) {
    add(0);
    for (const tag of [1, 2]) for (let n = strange.integer(3); n > 0; n--) add(tag);
  }
  const cells = rows.map(([, of]) => of);
  const numbers = (f: (of: Cell) => number): Column => ({ type: "numeric", shape: [], data: Float64Array.from(cells, f) });
  const label = classes(cells.map((of) => of.label));
  const inputs: Record<Rows, Record<string, Column>> = {
    people: {
      age: numbers((of) => of.age),
      income: numbers((of) => of.income),
      city: categories(cells.map((of) => of.city)),
      job: categories(cells.map((of) => of.job)),
    },
    texts: { text: { type: "text", values: cells.map((of) => of.note) } satisfies TextColumn },
    pictures: { image: { type: "numeric", shape: [4, 4], data: Float32Array.from(cells.flatMap((of) => of.pixels)) } },
  };
  return tableOf({ ...inputs[kind], label }, rows.length, { ids: Uint32Array.from(rows, ([id]) => id) });
}

const pipelineOf = ({ clean: cleaning = [], normalize: normalizing = [], augment = [] }: Stages, rows: Rows): Pipeline => ({
  source: { kind: "arrays" },
  clean: cleaning,
  normalize: normalizing,
  augment,
  model: [...(rows === "pictures" ? [stages.flatten()] : []), stages.dense(3, { activation: "softmax" })],
  train: { loss: "sparseCategoricalCrossentropy", batchSize: 16 },
  seed: 3,
});

function contextFor(pipeline: Pipeline) {
  const place = { fold: 1, folds: 2, repeat: 1, repeats: 1 };
  return { ...contextOf(pipeline, { backend: "js" }), fold: { place, tags: tagsOf } };
}

async function preparedOf(pipeline: Pipeline, table: Table): Promise<Prepared> {
  const context = contextFor(pipeline);
  return resultOf(normalize(context)(await resultOf(split(context)(await resultOf(clean(context)(table))))));
}

function contents(c: Column): unknown {
  if (c.type === "category") return Array.from(c.codes, (code) => c.categories[code]);
  if (c.type === "text") return c.values;
  if (c.type === "numeric") return [...c.data].map(String);
  return Array.from({ length: c.offsets.length - 1 }, (_, row) => [...c.ids.subarray(c.offsets[row], c.offsets[row + 1])]);
}

/** All that is learned, and what became of the training rows. */
function outcome({ fitted, train: rows }: Prepared): unknown {
  return { fitted, ids: [...rows.ids], rows: [...rows.inputs, rows.target].map((name) => [name, contents(column(rows, name))]) };
}

async function weightsOf(pipeline: Pipeline, prepared: Prepared): Promise<unknown> {
  const context = contextFor(pipeline);
  const { session } = await resultOf(train(context)(await resultOf(build(context)(await resultOf(resample(context)(prepared))))));
  const weights = session.network.read().map(({ name, data }) => [name, ...data]);
  await session.executor.close();
  return weights;
}

const filled: readonly stages.CleanDescriptor[] = [
  stages.fillMissing({ columns: "numeric" }),
  stages.fillMissing({ strategy: "mostFrequent", columns: "category" }),
];
const encoded: readonly stages.NormalizeDescriptor[] = [stages.standardize(), stages.oneHot()];
const worded: Stages = { clean: [stages.tokenize()], normalize: [stages.vocabulary(), stages.encode(), stages.pad({ length: 6 })] };

/** Stages that clean people; what is missing afterwards is filled. */
const cleaning = (...some: stages.CleanDescriptor[]): readonly [Rows, Stages] => [
  "people",
  { clean: [...some, ...filled], normalize: encoded },
];
const normalizing = (...some: stages.NormalizeDescriptor[]): readonly [Rows, Stages] => ["people", { clean: filled, normalize: some }];
const reading = (some: stages.CleanDescriptor): readonly [Rows, Stages] => ["texts", { ...worded, clean: [some, stages.tokenize()] }];
const wording = (some: stages.CleanDescriptor): readonly [Rows, Stages] => [
  "texts",
  { ...worded, clean: [stages.tokenize(), some, stages.dropIncomplete()] },
];
const drawing = (...augment: stages.AugmentDescriptor[]): readonly [Rows, Stages] => ["pictures", { augment }];
const writing = (...augment: stages.AugmentDescriptor[]): readonly [Rows, Stages] => ["texts", { ...worded, augment }];
const choosing = (...augment: stages.AugmentDescriptor[]): readonly [Rows, Stages] => [
  "people",
  { clean: filled, normalize: encoded, augment },
];

const rich: stages.StandardSchema = {
  "~standard": {
    version: 1,
    vendor: "test",
    validate: (row) => (((row as { income: number | null }).income ?? 0) < 200 ? { issues: [{ message: "poor" }] } : {}),
  },
};

const cases: Readonly<Record<string, readonly [Rows, Stages]>> = {
  anonymize: cleaning(stages.anonymize({ columns: ["age"], how: { width: 10 } })),
  castTypes: cleaning(stages.castTypes({ age: "number" })),
  checkAnonymity: cleaning(stages.checkAnonymity({ quasiIdentifiers: ["job"] })),
  clipOutliers: cleaning(stages.clipOutliers()),
  denoise: ["pictures", { clean: [stages.denoise()] }],
  dropColumns: cleaning(stages.dropColumns(["job"])),
  dropConstant: cleaning(stages.dropConstant()),
  dropDuplicates: cleaning(stages.dropDuplicates()),
  dropIncomplete: cleaning(stages.dropIncomplete()),
  dropMissing: cleaning(stages.dropMissing({ columns: ["city"] })),
  dropOutliers: cleaning(stages.dropOutliers({ columns: ["age"], factor: 0.5 })),
  fillMissing: cleaning(stages.fillMissing({ strategy: "forward" })),
  filterRows: cleaning(stages.filterRows({ column: "income", min: 200 })),
  findPersonalData: cleaning(stages.findPersonalData()),
  fixLabels: cleaning(stages.fixLabels({ c: "b" })),
  mapValues: cleaning(stages.mapValues({ city: { Bern: "Rom" } })),
  normalizeText: reading(stages.normalizeText()),
  parseMissing: cleaning(stages.parseMissing(["Rom"])),
  removeNumbers: reading(stages.removeNumbers()),
  removePunctuation: reading(stages.removePunctuation()),
  removeStopwords: wording(stages.removeStopwords()),
  removeUrls: reading(stages.removeUrls()),
  requireRange: cleaning(stages.requireRange({ min: 200, columns: ["income"] })),
  requireSchema: cleaning(stages.requireSchema(rich)),
  requireShape: ["pictures", { clean: [stages.requireShape([4, 4])] }],
  stem: wording(stages.stem()),
  stripHtml: reading(stages.stripHtml()),
  tokenize: ["texts", worded],
  trimText: cleaning(stages.trimText()),

  bagOfWords: ["texts", { ...worded, normalize: [stages.vocabulary(), stages.bagOfWords()] }],
  encode: ["texts", worded],
  log1p: normalizing(stages.log1p({ columns: ["income"] }), ...encoded),
  minMax: normalizing(stages.minMax(), stages.oneHot()),
  oneHot: normalizing(stages.oneHot(), stages.standardize()),
  ordinal: normalizing(stages.ordinal(), stages.standardize()),
  pad: ["texts", { ...worded, normalize: [stages.vocabulary(), stages.encode(), stages.pad({ length: 3 })] }],
  quantile: normalizing(stages.quantile({ outputDistribution: "normal" }), stages.oneHot()),
  robust: normalizing(stages.robust(), stages.oneHot()),
  standardize: normalizing(...encoded),
  targetEncode: normalizing(stages.targetEncode(), stages.standardize({ columns: "numeric" })),
  tfidf: ["texts", { ...worded, normalize: [stages.vocabulary(), stages.tfidf()] }],
  vocabulary: ["texts", { ...worded, normalize: [stages.vocabulary({ minCount: 2 }), stages.bagOfWords()] }],

  crop: drawing(stages.crop({ padding: 1 })),
  cutout: drawing(stages.cutout({ size: 2 })),
  flip: drawing(stages.flip()),
  noise: drawing(stages.noise({ deviation: 0.1 })),
  oversample: choosing(stages.oversample()),
  rotate: drawing(stages.rotate({ degrees: 10 })),
  shift: drawing(stages.shift({ x: 0.2 })),
  smote: choosing(stages.smote({ neighbors: 2 })),
  synonyms: writing(stages.synonyms({ table: { good: ["bad"] }, rate: 0.5 })),
  undersample: choosing(stages.undersample()),
  wordDropout: writing(stages.wordDropout({ rate: 0.3 })),
  wordSwap: writing(stages.wordSwap({ rate: 0.3 })),
  zoom: drawing(stages.zoom({ range: [0.9, 1.1] })),
};

const seen = (prepared: Prepared): number => (prepared.validation?.rows ?? 0) + (prepared.test?.rows ?? 0);

describe("rows that are set aside change nothing that is learned", () => {
  const index = { ...cleanStages, ...normalizeStages, ...augmentStages };

  it("by any stage that there is: each has a case here, and stands in it", () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(index).sort());
    for (const [kind, [, { clean: c = [], normalize: n = [], augment: a = [] }]] of Object.entries(cases))
      expect([...c, ...n, ...a].map((stage) => stage.kind)).toContain(kind);
  });

  it.each(Object.entries(cases))("%s", async (kind, [rows, some]) => {
    const pipeline = pipelineOf(some, rows);
    const [one, other] = await Promise.all([1, 2].map((n) => preparedOf(pipeline, rowsOf(rows, 5, n))));
    expect(seen(one as Prepared)).not.toBe(seen(other as Prepared));
    expect(outcome(other as Prepared)).toEqual(outcome(one as Prepared));
    if (!Object.hasOwn(augmentStages, kind)) return;
    expect(await weightsOf(pipeline, other as Prepared)).toEqual(await weightsOf(pipeline, one as Prepared));
  });

  it.each(Array.from({ length: 40 }, (_, i) => i))("by a random pipeline for tables (%i)", async (seed) => {
    const pipeline = pipelineOf(randomStages(random(seed, purpose.split)), "people");
    const [one, other] = await Promise.all([1, 2].map((n) => preparedOf(pipeline, rowsOf("people", seed, n))));
    expect(outcome(other as Prepared)).toEqual(outcome(one as Prepared));
    // What it compares is not the same whatever the rows hold: other training rows are learned from otherwise.
    const changed = await preparedOf(pipeline, rowsOf("people", seed + 100, 1));
    expect(outcome(changed)).not.toEqual(outcome(one as Prepared));
  });
});

/** Some stages in some order, after which nothing is missing, every column is a number, and each number was taken by a stage once or twice. */
function randomStages(source: Random): Stages {
  const some = <T>(list: readonly T[]): T[] => {
    const order = Uint32Array.from(list, (_, i) => i);
    shuffle(order, source);
    return [...order.subarray(0, source.integer(list.length + 1))].map((i) => list[i] as T);
  };
  const cleaned = some<stages.CleanDescriptor>([
    stages.dropMissing({ columns: ["city"] }),
    stages.dropDuplicates({ columns: ["age", "city", "job", "income"] }),
    stages.clipOutliers({ method: "zScore", factor: 1.5, columns: ["income"] }),
    stages.dropOutliers({ method: "quantiles", range: [0.05, 0.95], columns: ["age"] }),
    stages.fillMissing({ strategy: "forward", columns: ["age"] }),
    stages.fillMissing({ strategy: "mean", columns: ["age"] }),
    stages.requireRange({ min: 100, columns: { match: "^inc" } }),
    stages.mapValues({ job: { smith: "cook" } }),
  ]);
  const encoders = ["city", "job"].map((name): stages.NormalizeDescriptor => {
    const columns = [name];
    return pick<stages.NormalizeDescriptor>(source, [
      stages.oneHot({ columns }),
      stages.ordinal({ columns }),
      stages.targetEncode({ columns }),
      stages.targetEncode({ columns, smoothing: 4, folds: 3 }),
    ]);
  });
  const scalers = some<stages.NormalizeDescriptor>([
    stages.standardize({ columns: ["age", "income"] }),
    stages.minMax({ columns: ["age"] }),
    stages.robust({ columns: "numeric" }),
    stages.robust({ columns: ["income"], quantiles: [0.1, 0.8], unitVariance: true }),
    stages.quantile({ columns: ["income"], quantiles: 10 }),
    stages.quantile({ columns: { match: "^age" }, outputDistribution: "normal" }),
  ]);
  const logs = source.uniform() < 0.5 ? [stages.log1p({ columns: ["income"] })] : [];
  const mixed = Uint32Array.from({ length: encoders.length + scalers.length }, (_, i) => i);
  shuffle(mixed, source);
  return {
    clean: [...cleaned, ...filled],
    normalize: [...logs, ...Array.from(mixed, (i) => [...encoders, ...scalers][i] as stages.NormalizeDescriptor)],
  };
}

it("what training rows do not hold has no feature", async () => {
  const { train: rows, test } = await preparedOf(pipelineOf({ clean: filled, normalize: encoded }, "people"), rowsOf("people", 5, 1));
  const { features } = column(rows, "features") as NumericColumn;
  expect(features).toEqual(["age", "income", "city=Bern", "city=Graz", "city=Rom", "city=Wien", "job=cook", "job=nurse", "job=smith"]);
  expect((column(test as Table, "features") as NumericColumn).features).toEqual(features);
});
