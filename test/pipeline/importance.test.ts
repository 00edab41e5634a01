// Permutation importance: what it says is what shuffling a column by hand and predicting gives, whatever the columns become.
import { describe, expect, it } from "vitest";
import { csvKind } from "../../src/data/csv.ts";
import { arrays, csv, dense, fillMissing, flatten, oneHot, type Pipeline, run, standardize, tokenize } from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import { evaluateRun } from "../../src/pipeline/evaluateRun.ts";
import type { Importance } from "../../src/pipeline/events.ts";
import { shuffledOrder } from "../../src/pipeline/importance.ts";
import { openModel } from "../../src/pipeline/trainedModel.ts";
import { random } from "../../src/random.ts";
import { fakeIo } from "../data/io.ts";
import { all, failure, fileOf, memoryStore, ofType, resultOf } from "../support/runs.ts";

const ROWS = 160;
const TESTED = 60;
const source = random(1, 0);
const people = Array.from({ length: ROWS }, (_, r) => {
  const [height, colour, noise] = [source.normal() * 10 + 170, ["red", "green", "blue"][source.integer(3)] as string, source.normal()];
  const tall = height + (colour === "red" ? 6 : 0) > 171;
  return { height: r % 17 === 3 ? "" : String(height), colour, noise: String(noise), tall: tall ? "yes" : "no" };
});
const text = ["height,colour,noise,tall", ...people.map((row) => Object.values(row).join(","))].join("\n");

const tabular = (evaluate: NonNullable<Pipeline["evaluate"]>, more: Partial<Pipeline> = {}): Pipeline => ({
  source: csv({ text }),
  clean: [fillMissing({ strategy: "median", columns: "numeric" })],
  normalize: [standardize(), oneHot()],
  split: { test: TESTED, shuffle: false },
  model: [dense(8, { activation: "tanh" }), dense(1, { activation: "sigmoid" })],
  train: { loss: "binaryCrossentropy", optimizer: "adam", epochs: 60, batchSize: 16 },
  evaluate,
  seed: 3,
  ...more,
});

const asked = { metrics: ["accuracy"], importance: { repeats: 4 } } as const;

async function ranOn(pipeline: Pipeline) {
  const store = memoryStore();
  const events = await all(run(pipeline));
  for (const { name, content } of ofType(events, "artifact")) if (content !== undefined) store.files.set(name, content);
  const importance = ofType(events, "metrics").at(-1)?.evaluation.importance as Importance;
  return { events, store, importance };
}

describe("importance", () => {
  it("is what a metric loses when a column is shuffled by hand", async () => {
    const { store, importance } = await ranOn(tabular(asked));
    const model = await openModel(store);
    const tested = people.slice(-TESTED).map(({ height, colour, noise }) => ({ height, colour, noise }));
    const accuracy = async (rows: typeof tested): Promise<number> => {
      const said = await model.predict(rows);
      return said.filter(({ class: name }, i) => name === people[ROWS - TESTED + i]?.tall).length / TESTED;
    };
    const whole = await accuracy(tested);
    expect(importance).toMatchObject({ metric: "accuracy", rows: TESTED, repeats: 4, score: whole });
    for (const [c, name] of (["height", "colour", "noise"] as const).entries()) {
      const lost: number[] = [];
      for (let repeat = 0; repeat < 4; repeat++) {
        const order = shuffledOrder(TESTED, 3, c, repeat);
        lost.push(whole - (await accuracy(tested.map((row, i) => ({ ...row, [name]: tested[order[i] as number]?.[name] as string })))));
      }
      const mean = lost.reduce((sum, v) => sum + v, 0) / 4;
      const deviation = Math.sqrt(lost.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4);
      const found = importance.columns.find(({ column }) => column === name);
      expect(found?.mean).toBeCloseTo(mean, 10);
      expect(found?.deviation).toBeCloseTo(deviation, 10);
    }
    await model.close();
  });

  it("puts the column that decides first, and noise about 0", async () => {
    const { columns } = (await ranOn(tabular({ metrics: ["accuracy"], importance: true }))).importance;
    expect(columns[0]?.column).toBe("height");
    expect(columns[0]?.mean).toBeGreaterThan(0.2);
    expect(Math.abs(columns.find(({ column }) => column === "noise")?.mean ?? 1)).toBeLessThan(0.05);
  });

  it("is more where the metric is one that should be low, and takes any metric", async () => {
    const loss = (await ranOn(tabular({ metrics: ["confusionMatrix"], importance: true }))).importance;
    const brier = (await ranOn(tabular({ importance: { metric: "brierScore" } }))).importance;
    for (const [name, { metric, columns }] of [["loss", loss] as const, ["brierScore", brier] as const]) {
      expect(metric).toBe(name);
      expect(columns[0]).toMatchObject({ column: "height", mean: expect.toSatisfy((mean: number) => mean > 0.1) });
    }
  });

  it("changes nothing else: neither the model nor what the report shows of the rows", async () => {
    const [plain, shuffled] = [await ranOn(tabular(["accuracy"])), await ranOn(tabular(asked))];
    expect(fileOf(shuffled.events, "model.safetensors")).toEqual(fileOf(plain.events, "model.safetensors"));
    const verdict = ({ events }: typeof plain): unknown => JSON.parse(String(fileOf(events, "report.json"))).verdict;
    expect(verdict(shuffled)).toEqual(verdict(plain));
    expect(JSON.parse(String(fileOf(shuffled.events, "metrics.json"))).evaluation.test.importance).toEqual(shuffled.importance);
  });

  it("is the same when the run is measured again, also of one that did not ask, and in code", async () => {
    const { store, importance } = await ranOn(tabular(asked));
    const again = await resultOf(evaluateRun(store, nodePlatform, {}, new AbortController().signal));
    expect(again.evaluation.importance).toEqual(importance);
    const plain = (await ranOn(tabular(["accuracy"]))).store;
    const late = await resultOf(evaluateRun(plain, nodePlatform, { importance: true }, new AbortController().signal));
    expect(late.evaluation.importance?.columns.map(({ column }) => column).sort()).toEqual(["colour", "height", "noise"]);
    const model = await openModel(store);
    const rows = ["height,colour,noise,tall", ...people.slice(-TESTED).map((row) => Object.values(row).join(","))].join("\n");
    const table = await csvKind.load(csv({ text: rows, classes: ["no", "yes"] }), fakeIo());
    expect((await model.evaluate(table)).importance).toEqual(importance);
    await model.close();
  });

  it("takes the numbers of vectors one by one", async () => {
    const x = Array.from({ length: 90 }, (_, r) => [r % 2, (r * 7) % 11, 1]);
    const { importance } = await ranOn({
      source: arrays({ x, y: x.map(([a]) => 3 * (a as number)), columns: ["a", "b", "c"], task: "regression" }),
      normalize: [standardize()],
      split: { test: 0.3 },
      model: [dense(1)],
      train: { loss: "mse", optimizer: "adam", epochs: 80, batchSize: 4 },
      evaluate: { metrics: ["r2"], importance: true },
    });
    expect(importance.columns.map(({ column }) => column).sort()).toEqual(["a", "b", "c"]);
    expect(importance.columns[0]).toMatchObject({ column: "a", mean: expect.toSatisfy((mean: number) => mean > 0.5) });
    expect(importance.columns.find(({ column }) => column === "c")).toMatchObject({ mean: 0, deviation: 0 });
  });

  it("is the mean over folds, with their deviation", async () => {
    const { events } = await ranOn(tabular(asked, { split: { folds: 3 } }));
    const folds = ofType(events, "metrics").flatMap(({ fold, evaluation }) => (fold === undefined ? [] : (evaluation.importance ?? [])));
    const over = ofType(events, "crossValidation")[0]?.importance;
    expect([folds.length, over?.folds, over?.rows]).toEqual([3, 3, ROWS]);
    for (const { column, mean, deviation } of over?.columns ?? []) {
      const each = folds.map(({ columns }) => columns.find((c) => c.column === column)?.mean as number);
      const middle = each.reduce((sum, v) => sum + v, 0) / 3;
      expect(mean).toBeCloseTo(middle, 12);
      expect(deviation).toBeCloseTo(Math.sqrt(each.reduce((sum, v) => sum + (v - middle) ** 2, 0) / 3), 12);
    }
    expect(JSON.parse(String(fileOf(events, "metrics.json"))).crossValidation.importance).toEqual(over);
  });

  it("looks at some rows where there are more than maxSamples", async () => {
    const { importance } = await ranOn(tabular({ importance: { maxSamples: 25, repeats: 1 } }));
    expect([importance.rows, importance.repeats, importance.columns[0]?.column]).toEqual([25, 1, "height"]);
  });

  it("can be cancelled while it shuffles", async () => {
    const cancel = new AbortController();
    let seen = 0;
    const told = run(tabular({ importance: { repeats: 500 } }), { signal: cancel.signal });
    await expect(
      (async () => {
        for await (const event of told)
          if (event.type === "progress" && event.what === "shuffling columns" && ++seen === 3) {
            expect(event.total).toBe(1501);
            cancel.abort();
          }
      })(),
    ).rejects.toThrow("aborted");
    expect(seen).toBe(3);
  });

  it("is refused before training where rows have no columns, or the metric does not fit", async () => {
    const evaluate = { importance: true } as const;
    const pictures: Pipeline = {
      source: arrays({ x: Array.from({ length: 20 }, (_, r) => [[r, 1]]), y: Array.from({ length: 20 }, (_, r) => r % 2) }),
      split: { test: 0.5 },
      model: [flatten(), dense(2, { activation: "softmax" })],
      train: { loss: "sparseCategoricalCrossentropy" },
      evaluate,
    };
    expect(await failure(run(pictures))).toBe(
      "evaluate.importance: the rows are [1,2] of f32; leave it out: only columns, or the numbers of a vector, can be shuffled",
    );
    const texts: Pipeline = {
      ...pictures,
      source: arrays({ x: Array.from({ length: 20 }, (_, r) => `word ${r % 2}`), y: Array.from({ length: 20 }, (_, r) => r % 2) }),
      clean: [tokenize()],
    };
    expect(await failure(run(texts))).toBe(
      "evaluate.importance: the rows are of text; leave it out: predict --text says which words of a text moved its answer",
    );
    expect(await failure(run(tabular({ importance: { metric: "r2" } })))).toContain('evaluate.importance.metric[0]: "r2" measures');
    expect(await failure(run(tabular({ importance: { repeats: 0 } })))).toContain("evaluate.importance.repeats");
  });
});
