// The seed decides everything random, and nothing else does.
import { describe, expect, it } from "vitest";
import { readSafetensors } from "../../src/data/safetensors.ts";
import { emitter } from "../../src/graph/emit.ts";
import { assemble } from "../../src/graph/program.ts";
import { loadJs } from "../../src/js/executor.ts";
import { networkMemory } from "../../src/nn/network.ts";
import {
  cutout,
  dense,
  dropout,
  flatten,
  flip,
  minMax,
  noise,
  type Pipeline,
  rotate,
  run,
  sgd,
  shift,
  strokes,
  zoom,
} from "../../src/node/index.ts";
import { createAugmenter } from "../../src/pipeline/augment.ts";
import type { RunOptions } from "../../src/pipeline/options.ts";
import { train } from "../../src/pipeline/train.ts";
import { expectNear } from "../support/close.ts";
import { all, builtOf, contextOf, fileOf, ofType, resultOf } from "../support/runs.ts";

const digits = (settings: Partial<Pipeline["train"]> = {}, seed = 5): Pipeline => ({
  source: strokes({ rows: 240, test: 40 }),
  normalize: [minMax()],
  augment: [rotate({ degrees: 10 }), zoom({ range: [0.9, 1.1] }), noise({ deviation: 0.05 }), cutout({ size: 4 })],
  split: { test: "given", validation: 0.2, stratify: true },
  model: [flatten(), dense(24, { activation: "relu" }), dropout(0.2), dense(10, { activation: "softmax" })],
  train: { optimizer: "adam", loss: "sparseCategoricalCrossentropy", epochs: 3, batchSize: 17, ...settings },
  seed,
});

const weights = async (pipeline: Pipeline, options: RunOptions): Promise<Buffer> =>
  fileOf(await all(run(pipeline, options)), "model.safetensors");

const builds: readonly RunOptions[] = [{}, { strict: true }, { backend: "js" }];

describe.each(builds)("a run with %j", (options) => {
  it("ends in the same bytes with the same seed, in others with another", async () => {
    const first = await weights(digits(), options);
    expect(await weights(digits(), options)).toEqual(first);
    expect(await weights(digits({}, 6), options)).not.toEqual(first);
    expect(await weights(digits({}, 5 + 2 ** 32), options)).not.toEqual(first);
  });
});

it("plain JavaScript arrives where WebAssembly does", async () => {
  const pipeline = digits({ optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }) });
  const [wasm, js] = [await all(run(pipeline, { strict: true })), await all(run(pipeline, { backend: "js" }))];
  const losses = (events: typeof wasm): number[] => ofType(events, "epoch").flatMap((e) => [e.train.loss, e.validation?.loss] as number[]);
  expectNear(losses(wasm), losses(js), 1e-5, "losses");
  const [a, b] = [wasm, js].map((events) => readSafetensors(fileOf(events, "model.safetensors")).tensors);
  for (const [i, { name, data }] of (a ?? []).entries()) expectNear(data, b?.[i]?.data as Float32Array, 1e-4, name);
});

/** The rows of the training batches, epoch by epoch. */
async function batches(pipeline: Pipeline): Promise<number[][]> {
  const context = contextOf(pipeline);
  const built = await builtOf(context);
  const { feed } = built.session;
  const steps: number[][] = [];
  const recording: typeof feed = {
    ...feed,
    point(rows, step) {
      if (step !== undefined) steps[step - 1] = [...rows];
      feed.point(rows, step);
    },
  };
  await resultOf(train(context)({ ...built, session: { ...built.session, feed: recording } }));
  return steps;
}

describe("batches", () => {
  it("are the same rows in the same order, every epoch in another, whatever their size", async () => {
    const steps = await batches(digits({ epochs: 2 }));
    expect(steps.map((rows) => rows.length)).toEqual([...Array(11).fill(17), 5, ...Array(11).fill(17), 5]);
    const epochs = [steps.slice(0, 12).flat(), steps.slice(12).flat()];
    const everyRow = Array.from({ length: 192 }, (_, i) => i);
    for (const rows of epochs) expect(rows.toSorted((a, b) => a - b)).toEqual(everyRow);
    expect(epochs[0]).not.toEqual(everyRow);
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(await batches(digits({ epochs: 2, batchSize: 192 }))).toEqual(epochs);
  });

  it("keep the order of the rows where shuffle is false", async () => {
    const steps = await batches(digits({ epochs: 1, shuffle: false }));
    expect(steps.flat()).toEqual(Array.from({ length: 192 }, (_, i) => i));
  });
});

describe("augmentation", () => {
  const side = 9;
  const stages = [rotate({ degrees: 40 }), zoom({ range: [0.7, 1.3] }), shift({ x: 0.2, y: 0.2 }), flip(), cutout({ size: 3 })];

  /** What becomes of one picture as each of these rows of a training step. */
  function augmented(seed: number, step: number, rows: readonly number[]): Float32Array[] {
    const memory = networkMemory(loadJs(), seed);
    const { arena } = memory;
    const augmenter = createAugmenter(memory, stages, [side, side], seed, rows.length, 0);
    const pixels = side * side;
    const x = arena.allocate(rows.length * pixels * 4, "x");
    const emit = emitter(() => "augment");
    const y = augmenter?.emit(emit, x, rows.length) ?? x;
    const program = assemble(arena, emit.calls, [y]);
    const { f32, u32 } = arena.executor.views;
    for (let i = 0; i < rows.length * pixels; i++) f32[(x.address as number) / 4 + i] = 1 + (i % pixels);
    u32[(memory.rng.address as number) / 4 + 2] = step;
    augmenter?.draw(Uint32Array.from(rows), step);
    program.run();
    return rows.map((_, r) =>
      arena.executor.views.f32.slice(program.addressOf(y) / 4 + r * pixels, program.addressOf(y) / 4 + (r + 1) * pixels),
    );
  }

  it("of a row depends on the seed, the step and the row, not on the batch around it", () => {
    const [a, b, c] = augmented(3, 7, [4, 11, 2]);
    expect(augmented(3, 7, [11])).toEqual([b]);
    expect(augmented(3, 7, [2, 4])).toEqual([c, a]);
    expect(a).not.toEqual(b);
    expect(augmented(3, 8, [11])).not.toEqual([b]);
    expect(augmented(4, 7, [11])).not.toEqual([b]);
  });
});
