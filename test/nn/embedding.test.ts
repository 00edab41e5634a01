// Embeddings against PyTorch and Keras, ids that a table does not have, and masks on their way through a model.
import { describe, expect, it } from "vitest";
import { arena as createArena } from "../../src/graph/arena.ts";
import { emitter } from "../../src/graph/emit.ts";
import { emitForward, type Values } from "../../src/graph/emitGraph.ts";
import { embedding as embeddingOp } from "../../src/graph/ops/embedding.ts";
import { assemble } from "../../src/graph/program.ts";
import { input, type Tensor } from "../../src/graph/tensor.ts";
import { loadJs } from "../../src/js/executor.ts";
import type { Layer } from "../../src/nn/layers/layer.ts";
import { buildModel, type Graph } from "../../src/nn/model.ts";
import {
  activation,
  arrays,
  concatenate,
  dense,
  dropout,
  embedding,
  flatten,
  minMax,
  type Pipeline,
  pipeline,
  reshape,
  residual,
  run,
} from "../../src/node/index.ts";
import { expectNear } from "../support/close.ts";
import { golden, noGolden } from "../support/golden.ts";
import { builds, load, runGraph } from "../support/graph.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

describe.skipIf(noGolden).each(builds)("against references (%s)", (build) => {
  interface Case {
    readonly id: string;
    readonly inputs: { readonly idx: Numbers; readonly W: Numbers };
    readonly outputs: { readonly y: Numbers };
    readonly dy: { readonly y: Numbers };
    readonly grads: { readonly W: Numbers };
    readonly params: { readonly paddingIdx: number | null };
  }
  interface KerasCase {
    readonly id: string;
    readonly weights: readonly [Numbers];
    readonly inputs: readonly [Numbers];
    readonly outputs: readonly [Numbers];
    readonly dy: readonly [Numbers];
    readonly gradWeights: readonly [Numbers];
  }
  // PyTorch gives its padding row no gradient; Keras and this library do, and mask instead.
  const torch = (golden<Case>("embedding") ?? [])
    .filter((c) => c.params.paddingIdx === null)
    .map((c) => ({ id: `torch ${c.id}`, ids: c.inputs.idx, table: c.inputs.W, y: c.outputs.y, dy: c.dy.y, dtable: c.grads.W }));
  const keras = (golden<KerasCase>("keras/embedding") ?? []).map((c) => ({
    id: `keras ${c.id}`,
    ids: c.inputs[0],
    table: c.weights[0],
    y: c.outputs[0],
    dy: c.dy[0],
    dtable: c.gradWeights[0],
  }));

  it.each([...torch, ...keras])("$id", async ({ ids, table, y, dy, dtable }) => {
    const result = runGraph(
      await load(build),
      [{ ...ids, constant: true }, table],
      (i, t) => embeddingOp(i as Tensor, t as Tensor),
      dy.data,
    );
    expectNear(result.output, y.data, 1e-7, "y");
    expectNear(result.gradients[1] as Float32Array, dtable.data, 1e-6, "dtable");
  });
});

const x = Array.from({ length: 24 }, (_, i) => [i % 5, (i * 3) % 5, 0, 0]);
const y = x.map(([a, b]) => Number((a as number) > (b as number)));

async function events(settings: Partial<Pipeline>): Promise<unknown[]> {
  const seen = [];
  const definition = pipeline({
    source: arrays({ x, y }),
    model: [embedding(5, 3), flatten(), dense(2, { activation: "softmax" })],
    train: { loss: "sparseCategoricalCrossentropy", epochs: 2 },
    ...settings,
  });
  for await (const event of run(definition)) seen.push(event);
  return seen;
}

describe("in a pipeline", () => {
  it("trains, its table named as in Keras", async () => {
    const all = await events({});
    expect(all).toContainEqual(expect.objectContaining({ type: "done", epochs: 2 }));
    const model = all.find((e) => (e as { type: string }).type === "model");
    expect(model).toMatchObject({ summary: { layers: [{ name: "embedding", output: [null, 4, 3], parameters: 15 }, {}, {}] } });
  });

  it("refuses ids that the table does not have before it trains", async () => {
    const [flat, classes] = [flatten(), dense(2, { activation: "softmax" })];
    await expect(events({ model: [embedding(4, 3), flat, classes] })).rejects.toThrow(
      "row 3: x[1] is 4, but model[0] embedding knows the ids 0 to 3; give it inputDim 5, or keep fewer words",
    );
    await expect(events({ source: arrays({ x: x.map((row, i) => (i === 7 ? [0, -1, 0, 0] : row)), y }) })).rejects.toThrow(
      "row 7: x[1] is -1, but model[0] embedding knows the ids 0 to 4; encode the words as whole numbers from 0",
    );
    await expect(events({ normalize: [minMax()] })).rejects.toThrow(
      "row 1: x[0] is 0.25 (1 before normalize), but model[0] embedding knows the ids 0 to 4; leave normalize out",
    );
  });

  it("refuses an embedding of anything but the model's input, a mask of other shapes, and tables that f32 cannot number", async () => {
    await expect(events({ model: [dense(4), embedding(5, 3), flatten(), dense(2, { activation: "softmax" })] })).rejects.toThrow(
      "model[1] embedding: it reads ids, which only the model's input holds; put it first, or first in its branch",
    );
    await expect(events({ model: [reshape([2, 2]), embedding(5, 3, { maskZero: true }), flatten(), dense(2)] })).rejects.toThrow(
      "model[1] embedding: expected [*, steps] for maskZero, got [*, 2, 2]; reshape() the ids, or leave maskZero out",
    );
    expect(() => embedding(2 ** 24 + 1, 3)).toThrow("embedding.inputDim: expected an integer >= 1 and <= 16777216, got 16777217");
  });
});

describe("a mask", () => {
  const build = (...layers: Layer[]): Graph => buildModel(layers, input("x", [2, 4]), input("rng", [3]), true, new Map());
  const ids = [3, 1, 0, 0, 0, 0, 0, 0];
  const masked = embedding(5, 3, { maskZero: true });

  /** The mask's numbers, for these ids. */
  function read({ mask, output }: Graph): number[] | undefined {
    if (mask === undefined) return undefined;
    let x: Tensor = output;
    const find = (t: Tensor): Tensor => (t.node === undefined ? t : find(t.node.inputs[0] as Tensor));
    x = find(mask);
    const arena = createArena(loadJs());
    const place = arena.allocate(ids.length * 4, "x");
    arena.executor.views.f32.set(ids, (place.address as number) >>> 2);
    const values: Values = new Map([[x, place]]);
    const emit = emitter(() => "test");
    emitForward(emit, [mask], values, () => {});
    const buffer = values.get(mask);
    if (buffer === undefined) throw new Error("no mask");
    const program = assemble(arena, emit.calls, [buffer]);
    program.run();
    const at = program.addressOf(buffer) >>> 2;
    expect(mask.shape).toEqual([2, 4]);
    return [...arena.executor.views.f32.subarray(at, at + 8)];
  }

  const real = [1, 1, 0, 0, 0, 0, 0, 0];

  it("goes through the layers that keep steps, and no further", () => {
    expect(read(build(embedding(5, 3)))).toBeUndefined();
    expect(read(build(masked))).toEqual(real);
    expect(read(build(masked, dropout(0.5), dense(4, { activation: "relu" }), activation("softmax")))).toEqual(real);
    expect(read(build(masked, flatten()))).toBeUndefined();
    expect(read(build(masked, reshape([4, 3])))).toBeUndefined();
  });

  it("is merged as in Keras: a step is real where it is real in any branch", () => {
    expect(read(build(masked, residual([dense(3)])))).toEqual(real);
    expect(read(build(masked, residual([reshape([4, 3])])))).toBeUndefined();
    expect(read(build(concatenate([[masked], [embedding(5, 2, { maskZero: true })]])))).toEqual(real);
    expect(read(build(concatenate([[masked], [embedding(5, 2)]])))).toBeUndefined();
    expect(read(build(masked, concatenate([[], [dense(2)], [activation("tanh")]])))).toEqual(real);
  });
});
