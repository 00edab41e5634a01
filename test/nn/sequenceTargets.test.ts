// A class at every step: losses, gradients and accuracy are means over the real steps, as in Keras.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Layer } from "../../src/nn/layers/layer.ts";
import type { Loss } from "../../src/nn/losses/index.ts";
import {
  adam,
  arrays,
  dense,
  embedding,
  flatten,
  loadModel,
  type Pipeline,
  pipeline,
  type RunEvent,
  run,
  sgd,
  timeDistributed,
} from "../../src/node/index.ts";
import { expectNear } from "../support/close.ts";
import { builds, numbers } from "../support/graph.ts";
import { openRows } from "../support/session.ts";

const RATE = 0.5;
const [WORDS, WIDTH, CLASSES] = [6, 3, 4];

interface Sizes {
  readonly rows: number;
  readonly steps: number;
  readonly maskZero: boolean;
  readonly classWeights?: readonly number[];
}

/** An embedding and a softmax at every step, one step of plain SGD, in float64. */
function reference(
  ids: readonly number[],
  y: readonly number[],
  [table, kernel, bias]: readonly (readonly number[])[],
  { maskZero, classWeights }: Sizes,
): { loss: number; hits: number; judged: number; weights: number[][] } {
  const moved = [table, kernel, bias].map((w) => [...(w as readonly number[])]) as [number[], number[], number[]];
  const real = ids.map((id) => Number(!maskZero || id !== 0));
  const judged = real.reduce((a, b) => a + b, 0);
  let [loss, hits] = [0, 0];
  ids.forEach((id, i) => {
    if (real[i] === 0) return;
    const label = y[i] as number;
    const x = (table as readonly number[]).slice(id * WIDTH, (id + 1) * WIDTH);
    const z = (bias as readonly number[]).map((b, c) => x.reduce((sum, v, k) => sum + v * (kernel?.[k * CLASSES + c] as number), b));
    const total = z.reduce((sum, v) => sum + Math.exp(v), 0);
    const p = z.map((v) => Math.exp(v) / total);
    const share = (classWeights?.[label] ?? 1) / judged;
    loss -= share * Math.log(p[label] as number);
    hits += Number(p.indexOf(Math.max(...p)) === label);
    p.forEach((v, c) => {
      const dz = share * (v - Number(c === label));
      (moved[2][c] as number) -= RATE * dz;
      x.forEach((value, k) => {
        (moved[1][k * CLASSES + c] as number) -= RATE * dz * value;
        (moved[0][id * WIDTH + k] as number) -= RATE * dz * (kernel?.[k * CLASSES + c] as number);
      });
    });
  });
  return { loss, hits, judged, weights: moved };
}

const models: Readonly<Record<string, (maskZero: boolean) => Layer[]>> = {
  "a dense layer": (maskZero) => [embedding(WORDS, WIDTH, { maskZero }), dense(CLASSES, { activation: "softmax" })],
  timeDistributed: (maskZero) => [embedding(WORDS, WIDTH, { maskZero }), timeDistributed(dense(CLASSES, { activation: "softmax" }))],
};
const sizes: readonly Sizes[] = [
  { rows: 3, steps: 5, maskZero: false },
  { rows: 3, steps: 5, maskZero: true },
  { rows: 3, steps: 5, maskZero: true, classWeights: [1, 0.5, 2, 3] },
  { rows: 2, steps: 7, maskZero: false, classWeights: [1, 0.5, 2, 3] },
  { rows: 1, steps: 1, maskZero: true },
  { rows: 4, steps: 1, maskZero: true },
];

describe.each(builds)("one step (%s)", (build) => {
  const losses: readonly Loss[] = ["sparseCategoricalCrossentropy", "categoricalCrossentropy"];
  const cases = Object.keys(models).flatMap((model) => losses.flatMap((loss) => sizes.map((size) => ({ model, loss, ...size }))));

  it.each(cases)("of $model with $loss: $rows × $steps, mask $maskZero, weights $classWeights", async ({ model, loss, ...size }) => {
    const { rows, steps } = size;
    const n = rows * steps;
    const ids = Array.from({ length: n }, (_, i) => (i === 0 ? 2 : (i * 5 + (i >> 1)) % WORDS));
    const y = Array.from({ length: n }, (_, i) => (i * 3) % CLASSES);
    const layers = (models[model] as (typeof models)[string])(size.maskZero);
    const session = await openRows(
      { shape: [rows, steps], data: ids },
      { shape: [rows, steps], data: y, classes: CLASSES },
      { model: layers, train: { loss, optimizer: sgd() } },
      build,
      size.classWeights,
    );
    const { network, feed } = session;
    const before = network.read();
    const start = before.map((w, i) => ({ ...w, data: Float32Array.from(numbers(w.data.length, i + 5)) }));
    network.write(start);
    feed.point(
      Uint32Array.from({ length: rows }, (_, i) => i),
      1,
    );
    const result = network.train(rows, RATE, 1);
    const expected = reference(
      ids,
      y,
      start.map((w) => [...w.data]),
      size,
    );
    expect(result.loss).toBeCloseTo(expected.loss, 5);
    expect([result.hits, result.judged]).toEqual([expected.hits, expected.judged]);
    network.read().forEach((w, i) => {
      expectNear(w.data, expected.weights[i] as number[], 1e-5, w.name);
    });
    await session.executor.close();
  });

  it("of nothing but padding changes nothing", async () => {
    const session = await openRows(
      { shape: [2, 3], data: [0, 0, 0, 0, 0, 0] },
      { shape: [2, 3], data: [1, 2, 3, 0, 1, 2], classes: CLASSES },
      {
        model: (models["a dense layer"] as (typeof models)[string])(true),
        train: { loss: "sparseCategoricalCrossentropy", optimizer: sgd() },
      },
      build,
    );
    const before = session.network.read();
    session.feed.point(Uint32Array.of(0, 1), 1);
    expect(session.network.train(2, RATE, 1)).toEqual({ loss: 0, hits: 0, judged: 0 });
    expect(session.network.read()).toEqual(before);
    await session.executor.close();
  });

  it("leaves padding out of other losses, too", async () => {
    const [ids, y] = [
      [1, 0, 2, 0],
      [3, 50, 1, 70],
    ];
    const session = await openRows(
      { shape: [2, 2], data: ids },
      { shape: [2, 2, 1], data: y },
      {
        model: [embedding(3, 1, { maskZero: true, embeddingsInitializer: "zeros" }), dense(1, { kernelInitializer: "ones" })],
        train: { loss: "mse", optimizer: sgd() },
      },
      build,
    );
    session.feed.point(Uint32Array.of(0, 1), 1);
    expect(session.network.train(2, 0.25, 1).loss).toBe(5);
    const [table, kernel, bias] = session.network.read();
    expect([...(table?.data ?? []), ...(kernel?.data ?? []), ...(bias?.data ?? [])]).toEqual([0, 0.75, 0.25, 1, 1]);
    await session.executor.close();
  });
});

// The next of 1 2 3 1 2 3 …, cut off by padding: each step tells the next one, but for row 5, whose classes are all 0.
const x = Array.from({ length: 40 }, (_, i) => Array.from({ length: 6 }, (_, t) => (t < 2 + (i % 5) ? 1 + ((i + t) % 3) : 0)));
const y = x.map((row) => row.map((id) => (id === 0 ? 3 : id % 3)));

const next = (settings: Partial<Pipeline> = {}): Pipeline =>
  pipeline({
    source: arrays({ x, y, task: "classification", classes: ["a", "b", "c", "padding"] }),
    model: [embedding(4, 8, { maskZero: true }), dense(4, { activation: "softmax" })],
    split: { validation: 0.2, test: 0.2 },
    train: { optimizer: adam({ learningRate: 0.05 }), loss: "sparseCategoricalCrossentropy", epochs: 15, batchSize: 8 },
    evaluate: ["accuracy", "confusionMatrix"],
    ...settings,
  });

async function events(definition: Pipeline, options = {}): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for await (const event of run(definition, options)) seen.push(event);
  return seen;
}

describe("in a pipeline", () => {
  it("learns every next step, measures real steps alone, and predicts each", async () => {
    const out = await mkdtemp(join(tmpdir(), "lanewise-"));
    try {
      const all = await events(next(), { out });
      const test = all.find((e) => e.type === "metrics" && e.set === "test");
      if (test?.type !== "metrics") throw new Error("no test metrics");
      expect(test.evaluation.scalars.accuracy).toBe(1);
      // No padding among what was judged: that class does not occur.
      expect(test.evaluation.confusionMatrix?.[3]).toEqual([0, 0, 0, 0]);
      expect(test.evaluation.rows).toBeLessThan(8 * 6);
      expect(all.findLast((e) => e.type === "epoch")).toMatchObject({ train: { accuracy: 1 }, validation: { accuracy: 1 } });

      const model = await loadModel(out);
      const [prediction] = await model.predict([[1, 2, 3, 0, 0, 0]]);
      expect(prediction?.output).toHaveLength(24);
      expect(prediction?.class).toBeUndefined();
      expect(prediction?.steps?.slice(0, 3).map((step) => step.class)).toEqual(["b", "c", "a"]);
      expect(prediction?.steps?.[0]?.output).toEqual(prediction?.output.slice(0, 4));
      await model.close();
    } finally {
      await rm(out, { recursive: true });
    }
  });

  it("counts steps for balanced class weights", async () => {
    const weighted = next({ train: { loss: "sparseCategoricalCrossentropy", classWeight: "balanced" } });
    expect((await events(weighted)).at(-1)).toMatchObject({ type: "done", epochs: 1 });
  });

  it("says what does not fit", async () => {
    const softmax = dense(4, { activation: "softmax" });
    await expect(events(next({ model: [embedding(4, 8), flatten(), softmax] }))).rejects.toThrow(
      "model: the output must be [*, 6, 4] to match 4 classes at each of 6 steps, got [*, 4]; keep the steps up to the last layer",
    );
    await expect(events(next({ model: [embedding(4, 8), dense(3, { activation: "softmax" })] }))).rejects.toThrow(
      "model: the output must be [*, 6, 4] to match 4 classes, got [*, 6, 3]; give the last layer 4 units",
    );
    await expect(events(next({ source: arrays({ x, y }) }))).rejects.toThrow(
      'needs one class number a row, but the target holds values of shape [6]; for a class at each step, say task: "classification"',
    );
    const wrong = y.map((row, i) => (i === 4 ? row.with(2, 0.5) : row));
    await expect(events(next({ source: arrays({ x, y: wrong, task: "classification" }) }))).rejects.toThrow(
      "y[4][2]: expected class numbers (0, 1, 2, …), got 0.5",
    );
    await expect(events(next({ source: arrays({ x, y, task: "classification", classes: ["a", "b"] }) }))).rejects.toThrow(
      /^y\[\d\]\[\d\]: expected class numbers from 0 to 1, got [23]$/,
    );
  });
});
