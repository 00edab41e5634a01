// Runs a small graph on an executor: forward, and backward from a given gradient of its output.
import { arena as createArena } from "../../src/graph/arena.ts";
import { type Buffer, emitter } from "../../src/graph/emit.ts";
import { emitBackward, emitForward, type Values } from "../../src/graph/emitGraph.ts";
import { assemble } from "../../src/graph/program.ts";
import { elements, input, type Shape, type Tensor } from "../../src/graph/tensor.ts";
import { loadJs } from "../../src/js/executor.ts";
import { random } from "../../src/random.ts";
import type { Build, Executor } from "../../src/wasm/abi.ts";
import { loadWasm } from "../../src/wasm/load.ts";

export const builds: readonly Build[] = ["relaxed", "simd", "js"];

/** A new executor with its own memory. */
export async function load(build: Build): Promise<Executor> {
  return build === "js" ? loadJs() : loadWasm({ strict: build === "simd" });
}

export interface Placed {
  readonly shape: Shape;
  readonly data: readonly number[];
  /** Integers are stored as i32 and get no gradient. */
  readonly integer?: boolean;
  /** f32 that get no gradient: ids, masks. */
  readonly constant?: boolean;
}

const fixed = (t: Placed): boolean => t.integer === true || t.constant === true;

export interface GraphResult {
  readonly output: Float32Array;
  readonly gradients: readonly Float32Array[];
}

/** `build` makes the output from the inputs. `dy` is the gradient of the output. */
export function runGraph(
  executor: Executor,
  inputs: readonly Placed[],
  build: (...x: Tensor[]) => Tensor,
  dy: readonly number[],
): GraphResult {
  const arena = createArena(executor);
  const tensors = inputs.map((t, i) => input(`x${i}`, t.shape));
  const values: Values = new Map();
  const slots = new Map<Tensor, Buffer>();
  inputs.forEach((t, i) => {
    const place = arena.allocate(t.data.length * 4, `x${i}`);
    (t.integer ? executor.views.i32 : executor.views.f32).set(t.data, (place.address as number) >>> 2);
    values.set(tensors[i] as Tensor, place);
    if (!fixed(t)) slots.set(tensors[i] as Tensor, arena.allocate(t.data.length * 4, `d x${i}`));
  });
  const seed = arena.allocate(dy.length * 4, "dy");
  executor.views.f32.set(dy, (seed.address as number) >>> 2);
  const output = build(...tensors);
  const emit = emitter(() => "test");
  emitForward(emit, [output], values, () => {});
  emitBackward(emit, output, seed, values, slots, () => {});
  const buffer = values.get(output) as Buffer;
  const program = assemble(arena, emit.calls, [buffer]);
  program.run();
  const read = (address: number, n: number): Float32Array => executor.views.f32.slice(address >>> 2, (address >>> 2) + n);
  return {
    output: read(program.addressOf(buffer), elements(output.shape)),
    gradients: inputs.map((t, i) =>
      fixed(t) ? new Float32Array(0) : read((slots.get(tensors[i] as Tensor) as Buffer).address as number, t.data.length),
    ),
  };
}

/** Numbers in [low, high), the same for the same seed; exact in f32. */
export function numbers(n: number, seed: number, low = -1, high = 1): number[] {
  const source = random(seed, 99);
  return Array.from({ length: n }, () => Math.fround(low + (high - low) * source.uniform()));
}

/**
 * Central differences of Σ dy·output with respect to every f32 input, in the executor's own f32: the step is large, so tolerances are
 * those of a smooth function (2 %); exact values are what golden tests are for.
 */
export function numericGradients(
  executor: () => Executor,
  inputs: readonly Placed[],
  build: (...x: Tensor[]) => Tensor,
  dy: readonly number[],
  step = 1e-2,
): number[][] {
  const value = (which: number, at: number, delta: number): number => {
    const moved = inputs.map((t, i) => (i === which ? { ...t, data: t.data.map((v, j) => (j === at ? v + delta : v)) } : t));
    return runGraph(executor(), moved, build, dy).output.reduce((sum, y, i) => sum + y * (dy[i] as number), 0);
  };
  return inputs.map((t, i) => (fixed(t) ? [] : t.data.map((_, j) => (value(i, j, step) - value(i, j, -step)) / (2 * step))));
}
