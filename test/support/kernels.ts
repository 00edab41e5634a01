// Kernels in tests: the three executors, and buffers laid into an executor's memory as the memory plan would lay them.
import { loadJs } from "../../src/js/executor.ts";
import { ALIGNMENT, ARENA_BASE, type Build, type Executor } from "../../src/wasm/abi.ts";
import { loadWasm } from "../../src/wasm/load.ts";

export interface NamedExecutor {
  readonly name: Build;
  readonly executor: Executor;
}

/** Fresh executors for relaxed SIMD (where this runtime has it), plain SIMD and plain JavaScript. */
export async function executors(): Promise<NamedExecutor[]> {
  const all = [await loadWasm(), await loadWasm({ strict: true }), loadJs()];
  return all.filter((executor, i) => i === 0 || executor.build !== all[0]?.build).map((executor) => ({ name: executor.build, executor }));
}

export type Buffer = Float32Array | Int32Array | Uint32Array | Uint8Array;

/**
 * Copies the arrays into memory from ARENA_BASE on, each on its alignment plus `shift` bytes and with its spare bytes behind it, and
 * returns their addresses. Every byte between them is 0xa5, so that a stray write can be found with `untouched`.
 */
export function place(executor: Executor, arrays: readonly Buffer[], shift = 0): number[] {
  const addresses: number[] = [];
  let free = ARENA_BASE;
  for (const array of arrays) {
    addresses.push(free + shift);
    free = Math.ceil((free + shift + array.byteLength) / ALIGNMENT) * ALIGNMENT + ALIGNMENT;
  }
  executor.reserve(free);
  const { u8 } = executor.views;
  u8.fill(GAP, ARENA_BASE, free);
  arrays.forEach((array, i) => {
    u8.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), addresses[i]);
  });
  return addresses;
}

const GAP = 0xa5;

/** Whether the spare bytes behind a placed buffer, and those before a shifted one, are as `place` left them. */
export function untouched(executor: Executor, address: number, byteLength: number): boolean {
  const { u8 } = executor.views;
  const start = Math.floor(address / ALIGNMENT) * ALIGNMENT;
  const end = Math.ceil((address + byteLength) / ALIGNMENT) * ALIGNMENT + ALIGNMENT;
  return u8.subarray(start, address).every((byte) => byte === GAP) && u8.subarray(address + byteLength, end).every((byte) => byte === GAP);
}

/** A copy of n floats from an address. */
export function readF32(executor: Executor, address: number, n: number): Float32Array {
  return executor.views.f32.slice(address >>> 2, (address >>> 2) + n);
}
