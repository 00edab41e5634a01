// Beside every final number: a trivial model that knows the training targets alone, and an interval.
import { describe, expect, it } from "vitest";
import { arrays, dense, embedding, type Pipeline, run } from "../../src/node/index.ts";
import { openModel } from "../../src/pipeline/trainedModel.ts";
import { all, fileOf, memoryStore, ofType } from "../support/runs.ts";

// 40 rows to train on, of which 30 are of class "b"; 20 to test, of which 5 are.
const train = Array.from({ length: 40 }, (_, r) => (r % 4 === 0 ? "a" : "b"));
const test = Array.from({ length: 20 }, (_, r) => (r % 4 === 0 ? "b" : "a"));

const classes = (tested: readonly string[] = test): Pipeline => ({
  source: arrays({ x: [...train, ...tested].map((label, r) => [label === "a" ? 1 : 0, r % 3]), y: [...train, ...tested] }),
  split: { test: 20, shuffle: false },
  model: [dense(2, { activation: "softmax" })],
  train: { loss: "sparseCategoricalCrossentropy", epochs: 2 },
  evaluate: ["accuracy", "recall", "rocAuc", "logLoss", "mcc"],
});

const amounts: Pipeline = {
  source: arrays({ x: Array.from({ length: 30 }, (_, r) => [r / 30]), y: Array.from({ length: 30 }, (_, r) => 0.5 + r * r) }),
  split: { validation: 5, test: 10, shuffle: false },
  model: [dense(1)],
  train: { loss: "mse", epochs: 1 },
  evaluate: ["mse", "mae", "r2"],
};

async function finalOf(pipeline: Pipeline) {
  const events = await all(run(pipeline));
  const measured = ofType(events, "metrics");
  const file = JSON.parse(String(fileOf(events, "pipeline.json"))) as { fitted: unknown; baseline: number[] };
  const metrics = JSON.parse(String(fileOf(events, "metrics.json"))) as Record<string, unknown>;
  const done = ofType(events, "done")[0];
  return { events, measured, evaluation: measured.at(-1)?.evaluation, file, metrics, done };
}

describe("the baseline", () => {
  it("gives each class its frequency among training rows", async () => {
    const { evaluation, file, done, metrics } = await finalOf(classes());
    expect(file.baseline).toEqual([0.25, 0.75]);
    const entropy = -(5 * Math.log(0.75) + 15 * Math.log(0.25)) / 20;
    expect(evaluation?.baseline).toMatchObject({ predicts: "mostFrequentClass", class: "b" });
    expect(evaluation?.baseline?.scalars).toEqual({
      loss: expect.closeTo(entropy, 5),
      accuracy: 0.25,
      recall: 0.5,
      rocAuc: 0.5,
      logLoss: expect.closeTo(entropy, 5),
      mcc: 0,
    });
    expect(done?.baseline).toEqual(evaluation?.baseline?.scalars);
    expect(done?.intervals).toEqual(evaluation?.intervals?.scalars);
    expect(done?.test).toEqual(evaluation?.scalars);
    expect(metrics).toMatchObject({ baseline: { accuracy: 0.25 }, evaluation: { test: { baseline: { class: "b" } } } });
  });

  it("never sees test labels", async () => {
    const flipped = test.map((label) => (label === "a" ? "b" : "a"));
    const [before, after] = [await finalOf(classes()), await finalOf(classes(flipped))];
    expect(after.file.fitted).toEqual(before.file.fitted);
    expect(after.file.baseline).toEqual(before.file.baseline);
    expect(after.evaluation?.baseline).toMatchObject({ class: "b", scalars: { accuracy: 0.75 } });
  });

  it("is the mean of the training targets for amounts", async () => {
    const { evaluation, file, measured } = await finalOf(amounts);
    const y = (r: number): number => 0.5 + r * r;
    const mean = Array.from({ length: 15 }, (_, r) => y(r)).reduce((sum, v) => sum + v, 0) / 15;
    const errors = Array.from({ length: 10 }, (_, i) => y(20 + i) - mean);
    const mse = errors.reduce((sum, e) => sum + e * e, 0) / 10;
    expect(file.baseline).toEqual([mean]);
    expect(evaluation?.baseline?.predicts).toBe("mean");
    const { loss = 0, mse: found = 0, mae = 0, r2 = 0 } = evaluation?.baseline?.scalars ?? {};
    expect(found / mse).toBeCloseTo(1, 6);
    expect(loss / mse).toBeCloseTo(1, 6);
    expect(mae / (errors.reduce((sum, e) => sum + e, 0) / 10)).toBeCloseTo(1, 6);
    expect(r2).toBeLessThan(0);
    expect(measured.map((e) => [e.set, "baseline" in e.evaluation, "intervals" in e.evaluation])).toEqual([
      ["validation", false, false],
      ["test", true, true],
    ]);
  });

  it.each<[string, Partial<Pipeline>, number[]]>([
    ["a sigmoid", { model: [dense(1, { activation: "sigmoid" })], train: { loss: "binaryCrossentropy" } }, [0.75]],
    ["more outputs than classes", { model: [dense(3, { activation: "softmax" })] }, [0.25, 0.75, 0]],
  ])("fits %s", async (_, change, fitted) => {
    const { evaluation, file } = await finalOf({ ...classes(), ...change });
    expect(file.baseline).toEqual(fitted);
    expect(evaluation?.baseline?.scalars).toMatchObject({ accuracy: 0.25, mcc: 0 });
  });
});

it("steps of sequences are measured one by one and drawn together", async () => {
  const ids = Array.from({ length: 30 }, (_, r) => [1 + (r % 3), 1 + (r % 2), r % 4]);
  const { evaluation, file } = await finalOf({
    source: arrays({ x: ids, y: ids.map((row) => row.map((id) => Number(id > 1))), task: "classification" }),
    split: { test: 10, shuffle: false },
    model: [embedding(4, 2, { maskZero: true }), dense(2, { activation: "softmax" })],
    train: { loss: "sparseCategoricalCrossentropy" },
    evaluate: ["accuracy", "logLoss"],
  });
  const real = (rows: readonly number[][]): number[] => rows.flat().filter((id) => id !== 0);
  const [trained, tested] = [real(ids.slice(0, 20)), real(ids.slice(20))];
  const ones = trained.filter((id) => id > 1).length / trained.length;
  const [p, q] = [1 - ones, ones];
  expect(file.baseline).toEqual([expect.closeTo(p, 12), expect.closeTo(q, 12)]);
  expect(evaluation?.rows).toBe(tested.length);
  const entropy = tested.reduce((sum, id) => sum - Math.log(id > 1 ? q : p), 0) / tested.length;
  const accuracy = tested.filter((id) => id > 1 === q > p).length / tested.length;
  expect(evaluation?.baseline?.scalars).toEqual({
    loss: expect.closeTo(entropy, 5),
    accuracy: expect.closeTo(accuracy, 12),
    logLoss: expect.closeTo(entropy, 5),
  });
  expect(Object.keys(evaluation?.intervals?.scalars ?? {})).toEqual(["loss", "accuracy", "logLoss"]);
});

describe("the intervals", () => {
  it("hold the number, are the same each time, and follow the confidence", async () => {
    const asked = (confidence: number | false): Pipeline => ({ ...classes(), evaluate: { metrics: ["accuracy"], confidence } });
    const [wide, again, narrow, none] = await Promise.all([0.95, 0.95, 0.5, false as const].map((c) => finalOf(asked(c))));
    const { accuracy = 0 } = wide?.evaluation?.scalars ?? {};
    const [low = 1, high = 0] = wide?.evaluation?.intervals?.scalars.accuracy ?? [];
    expect(low).toBeLessThan(accuracy);
    expect(high).toBeGreaterThan(accuracy);
    expect(wide?.evaluation?.intervals).toMatchObject({ confidence: 0.95, resamples: 1000 });
    expect(again?.evaluation).toEqual(wide?.evaluation);
    const [narrowLow = 0, narrowHigh = 1] = narrow?.evaluation?.intervals?.scalars.accuracy ?? [];
    expect(narrowHigh - narrowLow).toBeLessThan(high - low);
    expect(none?.evaluation).not.toHaveProperty("intervals");
    expect(none?.evaluation?.baseline?.scalars).toEqual(wide?.evaluation?.baseline?.scalars);
    expect(none?.done).not.toHaveProperty("intervals");
  });

  it("are those of validation rows where there are no test rows", async () => {
    const { evaluation, measured } = await finalOf({ ...classes(), split: { validation: 20, shuffle: false } });
    expect(measured.map((e) => e.set)).toEqual(["validation"]);
    expect(evaluation).toMatchObject({ baseline: { scalars: { accuracy: 0.25 } }, intervals: { confidence: 0.95 } });
  });
});

it("what is not defined on the test rows is said in a warning", async () => {
  const { events, metrics } = await finalOf(classes(test.map(() => "a")));
  const warnings = ofType(events, "warning").filter((e) => e.at === "evaluate");
  expect(warnings.map((e) => e.message)).toEqual(['rocAuc is not defined: no row is of class "b"']);
  expect(metrics).toMatchObject({ test: { rocAuc: null } });
});

it("a model from its folder is held against the baseline of its run", async () => {
  const store = memoryStore();
  for (const event of await all(run(classes()))) {
    if (event.type === "artifact" && event.content !== undefined) store.files.set(event.name, event.content);
  }
  const model = await openModel(store);
  const tested = await model.evaluate({
    rows: 2,
    columns: {
      x: { type: "numeric", shape: [2], data: Float32Array.of(1, 0, 0, 1) },
      y: { type: "numeric", shape: [], data: Int32Array.of(0, 1), classes: ["a", "b"] },
    },
    inputs: ["x"],
    target: "y",
    ids: Uint32Array.of(0, 1),
  });
  await model.close();
  expect(tested.baseline).toMatchObject({ class: "b", scalars: { accuracy: 0.5, rocAuc: 0.5 } });
});
