// Names of layers, what is counted while training, and what regularizers add to every loss.
import { describe, expect, it } from "vitest";
import { arrays, dense, l2, type Pipeline, pipeline, type RunEvent, run, sgd } from "../../src/node/index.ts";

const x = Array.from({ length: 40 }, (_, i) => [i / 40, (i * 7) % 5, (i * 3) % 4]);

async function all(definition: Pipeline): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run(definition)) events.push(event);
  return events;
}

describe("layer names", () => {
  const named = (...layers: Pipeline["model"]): Pipeline =>
    pipeline({ source: arrays({ x, y: x.map((row) => [row[0] as number]) }), model: layers, train: { loss: "mse" } });

  it("never give one layer another's weights", async () => {
    const events = await all(named(dense(8, { name: "dense_1" }), dense(3), dense(4, { activation: "relu" }), dense(1)));
    const model = events.find((e) => e.type === "model");
    expect(model?.type === "model" && model.summary.layers.map((l) => [l.name, l.output[1], l.parameters])).toEqual([
      ["dense_1", 8, 32],
      ["dense", 3, 27],
      ["dense_2", 4, 16],
      ["dense_3", 1, 5],
    ]);
  });

  it("are refused when two layers have the same, or when they hold a slash", async () => {
    await expect(all(named(dense(2, { name: "a" }), dense(1, { name: "a" })))).rejects.toThrow(
      'model layer "a": two layers have this name; give each its own',
    );
    expect(() => dense(1, { name: "head/out" })).toThrow('dense.name: expected a name without "/", got "head/out"');
  });
});

describe("accuracy while training", () => {
  it("is what validation measures, for one sigmoid per class", async () => {
    const events = await all(
      pipeline({
        source: arrays({ x, y: x.map((_, i) => i % 3) }),
        model: [dense(3, { activation: "sigmoid" })],
        train: { loss: "binaryCrossentropy", optimizer: sgd({ learningRate: 1e-9 }), shuffle: false },
        split: { validation: 0.5, shuffle: false },
      }),
    );
    const epoch = events.find((e) => e.type === "epoch");
    if (epoch?.type !== "epoch") throw new Error("no epoch");
    // Twenty rows each: a count, and so a whole number of twentieths.
    expect((epoch.train.accuracy as number) * 20).toBeCloseTo(Math.round((epoch.train.accuracy as number) * 20), 9);
    expect(epoch.train.accuracy).toBeLessThan(0.6);
  });

  it("is left out for several zeros and ones a row, which train all the same", async () => {
    const events = await all(
      pipeline({
        source: arrays({ x, y: x.map((_, i) => [i & 1, (i >> 1) & 1]) }),
        model: [dense(2, { activation: "sigmoid" })],
        train: { loss: "binaryCrossentropy" },
        split: { test: 0.25 },
        evaluate: ["binaryAccuracy"],
      }),
    );
    const epoch = events.find((e) => e.type === "epoch");
    expect(epoch?.type === "epoch" && Object.keys(epoch.train)).toEqual(["loss"]);
    expect(events.at(-1)).toMatchObject({ type: "done", test: { binaryAccuracy: expect.any(Number) } });
  });
});

it("adds the weights' penalty to the validation loss, as to the training loss", async () => {
  const events = await all(
    pipeline({
      source: arrays({ x: [[0], [0], [0], [0]], y: [[1], [1], [1], [1]] }),
      model: [dense(1, { kernelInitializer: "ones", kernelRegularizer: l2(10) })],
      train: { loss: "mse", optimizer: sgd({ learningRate: 1e-9 }) },
      split: { validation: 0.5 },
    }),
  );
  const epoch = events.find((e) => e.type === "epoch");
  expect(epoch?.type === "epoch" && [epoch.train.loss, epoch.validation?.loss]).toEqual([11, 11].map((v) => expect.closeTo(v, 4)));
});

it("takes outputs of more than one dimension", async () => {
  const pairs = x.map((row) => [row, row]);
  const events = await all(pipeline({ source: arrays({ x: pairs, y: pairs }), model: [dense(3)], train: { loss: "mse", epochs: 2 } }));
  expect(events.filter((e) => e.type === "epoch")).toHaveLength(2);
});

it("refuses a softmax over one unit, which is always right in its own eyes", async () => {
  const one = pipeline({
    source: arrays({ x, y: x.map((_, i) => i % 2) }),
    model: [dense(1, { activation: "softmax" })],
    train: { loss: "categoricalCrossentropy" },
  });
  await expect(all(one)).rejects.toThrow("the output must be [*, 2] to match 2 classes, got [*, 1]; give the last layer 2 units");
});
