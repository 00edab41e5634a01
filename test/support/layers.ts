// Runs layers on an executor with given weights: forward, and backward from a given gradient of their output.
import { arena as createArena } from "../../src/graph/arena.ts";
import { type Buffer, emitter } from "../../src/graph/emit.ts";
import { emitBackward, emitForward, type Values } from "../../src/graph/emitGraph.ts";
import { assemble } from "../../src/graph/program.ts";
import { elements, input, type Tensor } from "../../src/graph/tensor.ts";
import type { Layer } from "../../src/nn/layers/layer.ts";
import { buildModel, type Weights } from "../../src/nn/model.ts";
import type { Executor } from "../../src/wasm/abi.ts";
import type { Placed } from "./graph.ts";

export interface LayersResult {
  readonly shape: readonly number[];
  readonly output: Float32Array;
  /** Of the output's steps, where there is one. */
  readonly mask: Float32Array | undefined;
  /** Of the input; empty where it is constant. */
  readonly dx: Float32Array;
  /** Of each weight, in the order in which the layers ask for them, and their names. */
  readonly dweights: readonly Float32Array[];
  readonly names: readonly string[];
}

/** `weights` come in the order in which the layers ask for them. */
export function runLayers(
  executor: Executor,
  layers: readonly Layer[],
  x: Placed,
  weights: readonly Placed[],
  dy: readonly number[],
): LayersResult {
  const arena = createArena(executor);
  const values: Values = new Map();
  const slots = new Map<Tensor, Buffer>();
  const put = (t: Tensor, { data }: Pick<Placed, "data">, constant = false): void => {
    const place = arena.allocate(data.length * 4, t.name);
    executor.views.f32.set(data, (place.address as number) >>> 2);
    values.set(t, place);
    if (!constant) slots.set(t, arena.allocate(data.length * 4, `d ${t.name}`));
  };
  const [from, rng] = [input("x", x.shape), input("rng", [3])];
  put(from, x, x.constant);
  put(rng, { data: [0, 0, 0] }, true);
  const parameters: Weights = new Map();
  const { output, mask } = buildModel(layers, from, rng, true, parameters);
  const tensors = [...parameters.values()].map(({ tensor }) => tensor);
  if (tensors.length !== weights.length) throw new Error(`the layers have the weights ${[...parameters.keys()]}, got ${weights.length}`);
  tensors.forEach((t, i) => {
    const given = weights[i] as Placed;
    if (String(given.shape) !== String(t.shape)) throw new Error(`${t.name} is [${t.shape}], got [${given.shape}]`);
    put(t, given);
  });
  const seed = arena.allocate(dy.length * 4, "dy");
  executor.views.f32.set(dy, (seed.address as number) >>> 2);
  const emit = emitter(() => "test");
  const results = mask === undefined ? [output] : [output, mask];
  emitForward(emit, results, values, () => {});
  emitBackward(emit, output, seed, values, slots, () => {});
  const program = assemble(
    arena,
    emit.calls,
    results.map((t) => values.get(t) as Buffer),
  );
  program.run();
  const read = (buffer: Buffer | undefined, n: number): Float32Array => {
    if (buffer === undefined) return new Float32Array(0);
    const at = program.addressOf(buffer) >>> 2;
    return executor.views.f32.slice(at, at + n);
  };
  return {
    shape: output.shape,
    output: read(values.get(output), elements(output.shape)),
    mask: mask && read(values.get(mask), elements(mask.shape)),
    dx: read(slots.get(from), x.data.length),
    dweights: tensors.map((t) => read(slots.get(t), elements(t.shape))),
    names: [...parameters.keys()],
  };
}

/**
 * The same, for a sequence x [batch, steps, features] with a mask: every step becomes an entry of a table that an embedding looks up, and
 * padding is id 0. Steps that are masked lose their numbers, which no layer may read; their gradient comes back as 0.
 */
export function runMasked(
  executor: Executor,
  layers: readonly Layer[],
  x: Placed,
  mask: readonly number[],
  weights: readonly Placed[],
  dy: readonly number[],
): LayersResult {
  const [batch, steps, features] = x.shape as [number, number, number];
  const ids = mask.map((real, i) => (real === 0 ? 0 : i + 1));
  const table = { shape: [mask.length + 1, features], data: [...new Array<number>(features).fill(1e3), ...x.data] };
  const embedding = { kind: "embedding", inputDim: mask.length + 1, outputDim: features, maskZero: true } as Layer;
  const result = runLayers(executor, [embedding, ...layers], { shape: [batch, steps], data: ids, constant: true }, [table, ...weights], dy);
  const [dtable, ...dweights] = result.dweights as [Float32Array, ...Float32Array[]];
  return { ...result, dx: dtable.subarray(features), dweights, names: result.names.slice(1) };
}
