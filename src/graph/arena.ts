// Hands out an executor's memory from the bottom up. Nothing is given back: a model's memory is planned once and dropped whole.
import { ALIGNMENT, ARENA_BASE, type Executor } from "../wasm/abi.ts";
import { type Buffer, fixed } from "./emit.ts";

export interface Arena {
  readonly executor: Executor;
  /** The first free address. */
  readonly used: number;
  /** Zeroed memory, aligned, with room behind it for the last vector of a row. */
  allocate(bytes: number, label: string): Buffer;
}

export const align = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

export function arena(executor: Executor): Arena {
  let used = ARENA_BASE;
  return {
    executor,
    get used() {
      return used;
    },
    allocate(bytes, label) {
      const address = used;
      used += align(bytes) + ALIGNMENT;
      executor.reserve(used);
      return fixed(address, bytes, label);
    },
  };
}
