// What acts between epochs: early stopping, learning rates, the end of a run that diverges.
import { describe, expect, it } from "vitest";
import { readSafetensors } from "../../src/data/safetensors.ts";
import {
  arrays,
  dense,
  earlyStopping,
  exponentialDecay,
  type Pipeline,
  type RunEvent,
  reduceOnPlateau,
  run,
  sgd,
} from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import { createRun } from "../../src/pipeline/run.ts";
import { random } from "../../src/random.ts";
import { all, fileOf, memoryStore, ofType } from "../support/runs.ts";

/** Labels that have nothing to do with the rows: what is learned of them by heart makes validation worse. */
function hopeless(train: Partial<Pipeline["train"]>): Pipeline {
  const source = random(4, 0);
  const x = Array.from({ length: 60 }, () => Array.from({ length: 6 }, () => source.normal()));
  const y = x.map(() => source.integer(2));
  return {
    source: arrays({ x, y }),
    split: { validation: 20, test: 10 },
    model: [dense(32, { activation: "relu" }), dense(2, { activation: "softmax" })],
    train: { optimizer: "adam", loss: "sparseCategoricalCrossentropy", epochs: 40, ...train },
  };
}

describe("early stopping", () => {
  /** A run whose every checkpoint is kept. */
  async function checkpointed(pipeline: Pipeline): Promise<{ events: RunEvent[]; checkpoints: Uint8Array[]; model: Uint8Array }> {
    const checkpoints: Uint8Array[] = [];
    const store = memoryStore();
    const recording = {
      ...store,
      async write(name: string, bytes: Uint8Array) {
        if (name === "checkpoint.safetensors") checkpoints.push(bytes.slice());
        await store.write(name, bytes as Uint8Array<ArrayBuffer>);
      },
    };
    const events = await all(createRun({ ...nodePlatform, store: async () => recording })(pipeline, { out: "memory" }));
    return { events, checkpoints, model: store.files.get("model.safetensors") as Uint8Array };
  }

  const weightsOf = (file: Uint8Array): Record<string, unknown> =>
    Object.fromEntries(
      readSafetensors(file)
        .tensors.filter((t) => !t.name.includes("/"))
        .map((t) => [t.name, t.data]),
    );

  it("ends after `patience` epochs without improvement, with the weights of the best", async () => {
    const { events, checkpoints, model } = await checkpointed(hopeless({ callbacks: [earlyStopping({ patience: 3 })] }));
    const losses = ofType(events, "epoch").map((e) => e.validation?.loss as number);
    const best = losses.indexOf(Math.min(...losses));
    expect(ofType(events, "done")[0]).toMatchObject({ reason: "earlyStopping", epochs: losses.length });
    expect(losses).toHaveLength(best + 1 + 3);
    expect(weightsOf(model)).toEqual(weightsOf(checkpoints[best] as Uint8Array));
    expect(weightsOf(model)).not.toEqual(weightsOf(checkpoints.at(-1) as Uint8Array));
    const [validation] = ofType(events, "metrics");
    expect(validation?.evaluation.scalars.loss).toBe(losses[best]);
  });

  it("keeps the last weights where the best are not asked for", async () => {
    const { checkpoints, model } = await checkpointed(hopeless({ callbacks: [earlyStopping({ patience: 3, restoreBestWeights: false })] }));
    expect(weightsOf(model)).toEqual(weightsOf(checkpoints.at(-1) as Uint8Array));
  });
});

describe("the learning rate", () => {
  const rates = async (train: Partial<Pipeline["train"]>): Promise<number[]> =>
    ofType(await all(run(hopeless(train))), "epoch").map((e) => e.learningRate);

  it("falls on a plateau, down to its least", async () => {
    // The first epoch sets the mark; no other is better by ten. So each of the others halves the rate of the next.
    const callbacks = [reduceOnPlateau({ patience: 1, factor: 0.5, minDelta: 10, minLearningRate: 0.02 })];
    expect(await rates({ optimizer: sgd({ learningRate: 0.1 }), epochs: 6, callbacks })).toEqual([0.1, 0.1, 0.05, 0.025, 0.02, 0.02]);
  });

  it("follows its schedule step by step", async () => {
    // 30 rows in batches of 15: an epoch ends with step 1, 3, 5.
    const learningRate = exponentialDecay({ initialLearningRate: 0.1, decaySteps: 1, decayRate: 0.5 });
    expect(await rates({ optimizer: sgd({ learningRate }), epochs: 3, batchSize: 15 })).toEqual([0.05, 0.0125, 0.003125]);
  });

  it("falls on a plateau of its schedule, too", async () => {
    const learningRate = exponentialDecay({ initialLearningRate: 0.1, decaySteps: 1, decayRate: 0.5, unit: "epoch", staircase: true });
    const callbacks = [reduceOnPlateau({ patience: 2, factor: 0.1, minDelta: 10 })];
    const found = await rates({ optimizer: sgd({ learningRate }), epochs: 4, callbacks });
    [0.1, 0.05, 0.025, 0.00125].forEach((rate, i) => {
      expect(found[i]).toBeCloseTo(rate, 10);
    });
  });
});

describe("a run that diverges", () => {
  const wild = (learningRate: number, rest: Partial<Pipeline["train"]> = {}): Pipeline => ({
    source: arrays({ x: Array.from({ length: 20 }, (_, i) => [i, -i]), y: Array.from({ length: 20 }, (_, i) => i * 1.5) }),
    split: { validation: 4, test: 4, shuffle: false },
    model: [dense(4, { activation: "relu", kernelInitializer: "ones" }), dense(1)],
    train: { optimizer: sgd({ learningRate }), loss: "meanSquaredError", epochs: 12, batchSize: 12, ...rest },
  });
  const warnings = (events: RunEvent[]): string[] => ofType(events, "warning").map((e) => `${e.at}: ${e.message}`);
  const lost = (epoch: number): string =>
    `train: the loss of epoch ${epoch} is no longer a number; lower the learning rate, clip gradients, or look for extreme values`;

  it.each([
    ["in its training loss", 1e3, {}],
    ["in its outputs on validation rows", 1e38, {}],
    ["in its weights", 1e38, { batchSize: 2 }],
  ])("%s ends with a warning, unmeasured", async (_, rate, rest) => {
    const events = await all(run(wild(rate, rest)));
    const epochs = ofType(events, "epoch").length;
    expect(warnings(events)).toEqual([
      lost(epochs),
      "evaluate: weights or outputs are no longer numbers: the model is neither measured nor written; the checkpoint of the last good epoch stays",
    ]);
    expect(ofType(events, "metrics")).toEqual([]);
    expect(ofType(events, "artifact").map((e) => e.name)).not.toContain("model.safetensors");
    expect(ofType(events, "done")[0]).toMatchObject({ reason: "nan", epochs: epochs - 1 });
    expect(events.at(-1)?.type).toBe("done");
  });

  it("with early stopping goes back to its best weights", async () => {
    const events = await all(run(wild(20, { epochs: 40, callbacks: [earlyStopping({ monitor: "train.loss", patience: 50 })] })));
    expect(warnings(events)).toEqual([lost(ofType(events, "epoch").length)]);
    expect(ofType(events, "metrics").map((e) => e.set)).toEqual(["validation", "test"]);
    for (const { data } of readSafetensors(fileOf(events, "model.safetensors")).tensors) expect(data.every(Number.isFinite)).toBe(true);
    expect(ofType(events, "done")[0]).toMatchObject({ reason: "nan" });
  });

  it("goes on where stopOnNaN is false", async () => {
    const callbacks = [earlyStopping({ monitor: "validation.loss", patience: 50, restoreBestWeights: false })];
    const events = await all(run(wild(1e38, { stopOnNaN: false, callbacks })));
    expect(ofType(events, "epoch")).toHaveLength(12);
    expect(ofType(events, "epoch").at(-1)?.validation?.loss).toBeNaN();
    expect(ofType(events, "done")[0]).toMatchObject({ reason: "epochs", epochs: 12 });
  });
});
