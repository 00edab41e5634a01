// Stages that bend numbers or learn from the target, in whole runs: what training rows become, what is kept, and what prediction makes of it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { column, type NumericColumn, numericColumn, type Table } from "../../src/data/table.ts";
import {
  arrays,
  bagOfWords,
  csv,
  dense,
  loadModel,
  log1p,
  minMax,
  type NormalizeDescriptor,
  oneHot,
  type Pipeline,
  quantile,
  robust,
  run,
  standardize,
  targetEncode,
  vocabulary,
} from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import { evaluateRun } from "../../src/pipeline/evaluateRun.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { fitNormalize, normalizedTable } from "../../src/pipeline/normalize.ts";
import { random } from "../../src/random.ts";
import { targetEncodeStage } from "../../src/stages/normalize/targetEncode.ts";
import { finish } from "../../src/stages/work.ts";
import { classes, tableOf, vectors } from "../stages/tables.ts";
import { all, contextOf, failure, fileOf, memoryStore, ofType, resultOf } from "../support/runs.ts";

const root = mkdtempSync(join(tmpdir(), "lanewise-encoders-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function normalized(normalize: readonly NormalizeDescriptor[], train: Table, seed = 0, events: RunEvent[] = []) {
  const pipeline = { source: { kind: "arrays" }, normalize, model: [dense(1)], train: { loss: "mse" }, seed } as const;
  return resultOf(fitNormalize(contextOf(pipeline), { train, validation: undefined, test: undefined }), events);
}

describe("curves over rows that are one column", () => {
  const pictures = tableOf({ image: { type: "numeric", shape: [2, 2], data: Uint8Array.of(0, 10, 20, 30, 40, 50, 60, 255) } }, 2);

  it("bend what the lines before them made, and leave the lines after them to the kernel", async () => {
    const stages = [minMax(), log1p(), minMax({ to: [-1, 1] })];
    const { parts, normalize, affine } = await normalized(stages, pictures);
    const bent = Array.from([0, 10, 20, 30, 40, 50, 60, 255], (x) => Math.fround(Math.log1p(x / 255)));
    expect([...numericColumn(parts.train, "image").data]).toEqual(bent);
    expect(affine.scale[0]).toBeCloseTo(2 / Math.log(2), 6);
    expect(affine.shift).toEqual([-1]);
    expect(normalize).toEqual([{ min: [0], max: [255] }, null, { min: [0], max: [bent[7]] }]);
    expect(finish(normalizedTable(stages, JSON.parse(JSON.stringify(normalize)), pictures))).toEqual(parts.train);
  });

  it("take the features of a vector one by one, and the pixels of a picture together", async () => {
    const x = vectors([
      [1, 100],
      [2, 300],
      [3, 200],
    ]);
    const apart = await normalized([quantile()], tableOf({ x }, 3));
    expect([...numericColumn(apart.parts.train, "x").data]).toEqual([0, 0, 0.5, 1, 1, 0.5]);
    const together = await normalized([robust(), quantile()], pictures);
    expect(numericColumn(together.parts.train, "image").data[7]).toBe(1);
    expect(numericColumn(together.parts.train, "image").data[0]).toBe(0);
  });

  it("name the row and the feature of a number that has no place on them", async () => {
    const x = {
      ...vectors([
        [1, 2],
        [3, -1],
      ]),
      features: ["a", "b"],
    };
    await expect(normalized([log1p()], tableOf({ x }, 2))).rejects.toThrow(
      'row 101: x "b" is -1; log1p takes numbers above -1; remove such rows with requireRange({ min: 0, columns: […] }) in clean',
    );
    await expect(normalized([standardize(), log1p()], tableOf({ x }, 2))).rejects.toThrow(
      'row 100: x "a" is -1 after the stages before; log1p takes',
    );
  });

  it("let stages for words come before them alone", async () => {
    const tokens = { type: "tokens", words: ["a", "b"], ids: Int32Array.of(0, 1, 1), offsets: Uint32Array.of(0, 1, 3) } as const;
    const { parts } = await normalized([vocabulary(), bagOfWords(), log1p()], tableOf({ tokens }, 2));
    expect(Math.max(...numericColumn(parts.train, "tokens").data)).toBeCloseTo(Math.log(3), 6);
    await expect(normalized([standardize(), oneHot()], tableOf({ x: vectors([[1], [2]]) }, 2))).rejects.toThrow(
      "normalize[1] oneHot: put it before the stages that scale numbers",
    );
  });
});

describe("stages of numbers in a table of many columns", () => {
  const numbers = (...values: number[]): NumericColumn => ({ type: "numeric", shape: [], data: Float64Array.from(values) });
  const prices = numbers(10, 20, 30, 50);
  const table = tableOf({ age: numbers(20, 30, 40, 90), income: numbers(0, 9, 99, 999), price: prices }, 4, {
    target: "price",
    inputs: ["age", "income"],
  });

  it("keep the names, say which columns they took, and end as an earlier run's fit makes it", async () => {
    const events: RunEvent[] = [];
    const stages = [log1p({ columns: ["income"] }), robust({ columns: ["age"] }), quantile({ columns: { match: "^inc" } })];
    const { parts, normalize } = await normalized(stages, table, 0, events);
    const { data, features } = numericColumn(parts.train, "features");
    expect(features).toEqual(["age", "income"]);
    [-15 / 25, 0, -5 / 25, 1 / 3, 5 / 25, 2 / 3, 55 / 25, 1].forEach((value, i) => {
      expect(data[i]).toBeCloseTo(value, 6);
    });
    expect(ofType(events, "stage").map(({ note }) => note)).toEqual([
      "income",
      "fitted on 4 training rows: age",
      "fitted on 4 training rows: income",
    ]);
    expect(finish(normalizedTable(stages, JSON.parse(JSON.stringify(normalize)), table))).toEqual(parts.train);
  });

  it("refuse the target, and name the row and the column of a number without a logarithm", async () => {
    for (const stage of [standardize({ columns: ["price"] }), log1p({ columns: ["price"] })])
      await expect(normalized([stage], table)).rejects.toThrow(
        `${stage.kind}.columns: "price" is the target, and what is predicted would be in other units than the rows; leave it out`,
      );
    await expect(normalized([log1p()], { ...table, columns: { ...table.columns, income: numbers(1, -7, 2, -9) } })).rejects.toThrow(
      'row 101: column "income" is -7; log1p takes numbers above -1',
    );
  });

  it("refuse quantiles that a normal distribution does not have", () => {
    expect(() => robust({ quantiles: [0, 0.5], unitVariance: true })).toThrow("robust.unitVariance: a normal distribution has no end");
    expect(() => robust({ quantiles: [0.75, 0.25] })).toThrow("robust.quantiles: expected [low, high] with low < high");
    expect(() => quantile({ quantiles: 1 })).toThrow("quantile.quantiles: expected an integer >= 2, got 1");
  });
});

describe("targetEncode", () => {
  const towns = ["Bern", "Rom", "Wien"];
  const people = (values: readonly number[]): Table => {
    const city = { type: "category", categories: towns, codes: Int32Array.from(values, (_, i) => i % 3) } as const;
    return tableOf({ city, price: { type: "numeric", shape: [], data: Float64Array.from(values) } }, values.length, {
      target: "price",
      inputs: ["city"],
    });
  };
  const values = Array.from({ length: 30 }, (_, i) => (i * 7) % 11);
  const encodedBy = (stage: ReturnType<typeof targetEncode>, table: Table, seed = 1): number[] => {
    const fitted = finish(targetEncodeStage.fit(stage, table));
    const work = targetEncodeStage.applyTrain?.(stage, table, fitted, random(seed, 12)) as Generator<number, Table, undefined>;
    return [...(column(finish(work), "city") as NumericColumn).data];
  };

  it.each([targetEncode(), targetEncode({ smoothing: 0, shuffle: false }), targetEncode({ smoothing: 5, folds: 3 })])(
    "tells no training row its own target: %o",
    (stage) => {
      const before = encodedBy(stage, people(values));
      for (const row of [0, 7, 29]) {
        const after = encodedBy(stage, people(values.map((value, i) => (i === row ? 1000 : value))));
        expect(after[row]).toBeCloseTo(before[row] as number, 9);
        expect(after.filter((value, i) => Math.abs(value - (before[i] as number)) > 1).length).toBeGreaterThan(5);
      }
    },
  );

  it("divides training rows by the seed", () => {
    expect(encodedBy(targetEncode(), people(values), 1)).toEqual(encodedBy(targetEncode(), people(values), 1));
    expect(encodedBy(targetEncode(), people(values), 2)).not.toEqual(encodedBy(targetEncode(), people(values), 1));
  });

  it("refuses fewer rows than folds, and a target of several values", () => {
    expect(() => encodedBy(targetEncode(), people([1, 2, 3]))).toThrow(
      "targetEncode.folds: 3 training row(s) are to be divided into 5 folds; ask for fewer, or give more data",
    );
    const table = people([1, 2]);
    const several = {
      ...table,
      columns: {
        ...table.columns,
        price: vectors([
          [1, 2],
          [3, 4],
        ]),
      },
    };
    expect(() => finish(targetEncodeStage.fit(targetEncode(), several))).toThrow(
      'targetEncode: the target "price" has several values a row; use oneHot() or ordinal()',
    );
  });

  it("names classes after the column, of those alone that training rows have", () => {
    const city = { type: "category", categories: towns, codes: Int32Array.from([0, 1, 2, 0, 1, 2]) } as const;
    const of = (labels: number[]): unknown => {
      const table = tableOf({ city, label: classes(labels, ["a", "b", "c", "d"]) }, 6);
      const made = finish(targetEncodeStage.apply(targetEncode(), table, finish(targetEncodeStage.fit(targetEncode(), table))));
      return (made.columns.city as NumericColumn).features;
    };
    expect(of([0, 1, 3, 0, 1, 3])).toEqual(["city_a", "city_b", "city_d"]);
    expect(of([0, 3, 3, 0, 0, 3])).toBeUndefined();
  });

  /** People of three cities; in Rom most say yes, in Bern few. */
  const lines = (rows: number, seed: number): string => {
    const source = random(seed, 0);
    return Array.from({ length: rows }, () => {
      const city = source.integer(3);
      return `${towns[city]},${(source.uniform() * 90).toFixed(1)},${source.uniform() < ([0.1, 0.9, 0.5][city] as number) ? "yes" : "no"}`;
    }).join("\n");
  };
  const pipeline: Pipeline = {
    source: csv({ text: `city,age,says\n${lines(200, 1)}`, test: { text: `city,age,says\n${lines(50, 2)}` } }),
    normalize: [targetEncode(), standardize(), quantile({ columns: ["age"], outputDistribution: "normal" })],
    split: { test: "given", validation: 0.1, stratify: true },
    model: [dense(1, { activation: "sigmoid" })],
    train: { optimizer: "adam", loss: "binaryCrossentropy", epochs: 30, batchSize: 16 },
    evaluate: { metrics: ["accuracy"], confidence: false },
    seed: 4,
  };

  it("is kept with the model: a run measures again what it measured, and predicts rows by name", async () => {
    const store = memoryStore();
    const events = await all(run(pipeline));
    for (const name of ["pipeline.json", "model.safetensors"]) store.files.set(name, Uint8Array.from(fileOf(events, name)));
    const measured = ofType(events, "metrics").at(-1);
    const again = await resultOf(evaluateRun(store, nodePlatform, {}, new AbortController().signal));
    expect(again.evaluation.scalars).toEqual(measured?.evaluation.scalars);
    expect(measured?.evaluation.scalars.accuracy).toBeGreaterThan(0.7);

    const out = join(root, "run");
    await all(run(pipeline, { out }));
    const model = await loadModel(out);
    const { fitted, reads } = model.file;
    expect(reads?.features).toEqual(["city", "age"]);
    expect(Object.keys((fitted.normalize[0] as { columns: object }).columns)).toEqual(["city"]);
    const [rom, bern, unknown, missing] = await model.predict([
      { city: "Rom", age: 40 },
      { city: "Bern", age: 40 },
      { city: "Oslo", age: 40 },
      { city: "Oslo", age: 1e6 },
    ]);
    expect([rom?.class, bern?.class]).toEqual(["yes", "no"]);
    const [likely, between, unlikely] = [rom, unknown, bern].map((of) => of?.output[0] as number) as [number, number, number];
    expect(unlikely < between && between < likely).toBe(true);
    expect(Number.isFinite(missing?.output[0])).toBe(true);
    await model.close();
  });

  it("is fitted anew in every fold", async () => {
    const events = await all(run({ ...pipeline, split: { folds: 3, refit: false, test: 0 } }));
    const notes = ofType(events, "stage").filter(({ kind }) => kind === "targetEncode");
    expect(notes.map(({ fold }) => fold?.fold)).toEqual([1, 2, 3]);
    expect(new Set(notes.map(({ note }) => note)).size).toBe(3);
    expect(notes[0]?.note).toMatch(/^categories: city 3; others become 0\.\d+$/);
  });

  it("refuses what was changed in the file", async () => {
    const events = await all(run({ ...pipeline, train: { ...pipeline.train, epochs: 1 } }));
    const file = JSON.parse(String(fileOf(events, "pipeline.json")));
    file.fitted.normalize[0].columns.city.means = [[1]];
    const store = memoryStore(new Map([["pipeline.json", new TextEncoder().encode(JSON.stringify(file))]]));
    expect(await failure(resultOf(evaluateRun(store, nodePlatform, {}, new AbortController().signal)))).toMatch(
      /fitted\.normalize\[0\]: expected the target's mean for each category of each column; the file was changed$/,
    );
  });
});

it("arrays of numbers predict through curves", async () => {
  const x = Array.from({ length: 40 }, (_, i) => [i, (i * i) % 17]);
  const out = join(root, "arrays");
  await all(
    run(
      {
        source: arrays({ x, y: x.map(([a = 0]) => a / 10) }),
        normalize: [standardize(), quantile({ outputDistribution: "normal" }), minMax()],
        model: [dense(1)],
        train: { loss: "mse", optimizer: "adam" },
      },
      { out },
    ),
  );
  const model = await loadModel(out);
  const [first, second, far] = await model.predict([
    [3, 9],
    [3, 9],
    [1e9, -1e9],
  ]);
  expect(first).toEqual(second);
  expect(Number.isFinite(far?.output[0])).toBe(true);
  await model.close();
});
