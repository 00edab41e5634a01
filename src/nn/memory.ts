// Where a model's weights live: one contiguous arena for all trainable weights, one for their gradients, one for each thing that the
// optimizer remembers, so that an update is a single kernel call. Frozen weights follow behind, outside its reach.
import { PipelineError } from "../errors.ts";
import type { Arena } from "../graph/arena.ts";
import { type Buffer, fixed } from "../graph/emit.ts";
import { elements, type Tensor } from "../graph/tensor.ts";
import { initialize } from "./initializers/index.ts";
import type { Weight, Weights } from "./model.ts";

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface WeightMemory {
  /** Trainable f32 numbers, padding included. */
  readonly length: number;
  readonly weights: Buffer;
  readonly gradients: Buffer;
  readonly slots: readonly Buffer[];
  readonly values: ReadonlyMap<Tensor, Buffer>;
  readonly gradientOf: ReadonlyMap<Tensor, Buffer>;
  /** Copies of all weights; with `state`, also of the optimizer's slots, named `slot/weight`. */
  read(state?: boolean): NamedTensor[];
  write(tensors: readonly NamedTensor[]): void;
}

const pad = (n: number): number => Math.ceil(n / 16) * 16;

export function placeWeights(arena: Arena, weights: Weights, slotNames: readonly string[], seed: number): WeightMemory {
  const all = [...weights.entries()];
  const order = [...all.filter(([, w]) => w.trainable), ...all.filter(([, w]) => !w.trainable)];
  const starts = new Map<string, number>();
  let total = 0;
  let length = 0;
  for (const [name, weight] of order) {
    starts.set(name, total);
    total += pad(elements(weight.tensor.shape));
    if (weight.trainable) length = total;
  }
  const region = arena.allocate(total * 4, "weights");
  const gradients = arena.allocate(length * 4, "gradients");
  const slots = slotNames.map((name) => arena.allocate(length * 4, name));
  const within = (whole: Buffer, name: string, weight: Weight): Buffer =>
    fixed((whole.address as number) + (starts.get(name) as number) * 4, elements(weight.tensor.shape) * 4, name);

  const values = new Map(order.map(([name, w]) => [w.tensor, within(region, name, w)]));
  const gradientOf = new Map(order.filter(([, w]) => w.trainable).map(([name, w]) => [w.tensor, within(gradients, name, w)]));
  const array = (buffer: Buffer): Float32Array => {
    const start = (buffer.address as number) >>> 2;
    return arena.executor.views.f32.subarray(start, start + buffer.bytes / 4);
  };
  // Streams follow the order in which the model was built, so freezing a layer changes no other layer's start.
  all.forEach(([, weight], stream) => {
    const { initializer, ones } = weight.settings;
    const start = initialize(initializer, weight.tensor.shape, seed, stream);
    if (ones !== undefined) start.fill(1, ...ones);
    array(values.get(weight.tensor) as Buffer).set(start);
  });

  const places = function* (state: boolean): Generator<{ name: string; shape: readonly number[]; buffer: Buffer }> {
    for (const [name, w] of all) yield { name, shape: w.tensor.shape, buffer: values.get(w.tensor) as Buffer };
    if (!state) return;
    for (const [i, slot] of slots.entries()) {
      for (const [name, w] of all)
        if (w.trainable) yield { name: `${slotNames[i]}/${name}`, shape: w.tensor.shape, buffer: within(slot, name, w) };
    }
  };

  return {
    length,
    weights: fixed(region.address as number, length * 4, "weights"),
    gradients,
    slots,
    values,
    gradientOf,
    read: (state = false) => [...places(state)].map(({ name, shape, buffer }) => ({ name, shape, data: array(buffer).slice() })),
    write(tensors) {
      const given = new Map(tensors.map((t) => [t.name, t]));
      const state = tensors.some((t) => t.name.includes("/"));
      for (const { name, shape, buffer } of places(state)) {
        const tensor = given.get(name);
        if (tensor === undefined)
          throw new PipelineError("data", "weights", `"${name}" [${shape}] is missing from the file; was it saved from another model?`);
        if (String(tensor.shape) !== String(shape)) {
          throw new PipelineError("shape", "weights", `"${name}" is [${tensor.shape}] in the file and [${shape}] in the model`);
        }
        array(buffer).set(tensor.data);
      }
    },
  };
}
