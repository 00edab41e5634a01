// Places arrays in an executor's memory for a kernel test. Behind each lie 64 bytes of NaN: a kernel that computes with what it
// read there spoils its result, and one that writes there is found by `guardsHold`.
import { random } from "../../src/random.ts";
import { ALIGNMENT, ARENA_BASE, type Executor } from "../../src/wasm/abi.ts";
import { executors as load } from "./kernels.ts";

export const executors: readonly Executor[] = (await load()).map(({ executor }) => executor);

/** The lengths that tails and tiles can go wrong at. */
export const sizes = [1, 2, 3, 5, 7, 8, 9, 13, 31, 127] as const;

const GUARD = 0xff;

export interface Sheet {
  f32(values: ArrayLike<number>): number;
  i32(values: ArrayLike<number>): number;
  u8(values: ArrayLike<number>): number;
  /** Room for `n` values that have not been written: NaN. */
  room(n: number): number;
  readF32(address: number, n: number): Float32Array;
  readI32(address: number, n: number): Int32Array;
  guardsHold(): boolean;
}

export function sheet(executor: Executor): Sheet {
  let next = ARENA_BASE;
  const guards: number[] = [];
  const take = (bytes: number): number => {
    const address = next;
    next = Math.ceil((address + bytes + ALIGNMENT) / ALIGNMENT) * ALIGNMENT;
    executor.reserve(next);
    executor.views.u8.fill(GUARD, address, next);
    guards.push(address + bytes);
    return address;
  };
  const put = (view: "f32" | "i32" | "u8", size: number, values: ArrayLike<number>): number => {
    const address = take(values.length * size);
    executor.views[view].set(values, address / size);
    return address;
  };
  return {
    f32: (values) => put("f32", 4, values),
    i32: (values) => put("i32", 4, values),
    u8: (values) => put("u8", 1, values),
    room: (n) => take(n * 4),
    readF32: (address, n) => executor.views.f32.slice(address / 4, address / 4 + n),
    readI32: (address, n) => executor.views.i32.slice(address / 4, address / 4 + n),
    guardsHold: () => guards.every((at) => executor.views.u8.subarray(at, at + ALIGNMENT).every((byte) => byte === GUARD)),
  };
}

/** `n` f32 numbers in [low, high), the same for the same seed. */
export function uniform(n: number, seed: number, low = -1, high = 1): Float32Array {
  const source = random(seed, 0);
  return Float32Array.from({ length: n }, () => low + (high - low) * source.uniform());
}

/** The greatest distance between the two, as a part of the greatest magnitude in `expected` (at least 1e-30). */
export function error(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let distance = actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  let scale = 1e-30;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((actual[i] as number) - (expected[i] as number));
    distance = Math.max(distance, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
    scale = Math.max(scale, Math.abs(expected[i] as number));
  }
  return distance / scale;
}
