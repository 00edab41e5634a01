// Ops write kernel calls here. A buffer is a promise of memory: it gets its address when the whole program is known.
import type { KernelArgs, KernelName } from "../wasm/abi.ts";

/** `address` is set for buffers that outlive the program (parameters, data, inputs); the others live from first to last use. */
export interface Buffer {
  readonly id: number;
  readonly bytes: number;
  readonly address?: number;
  /** For `inspect`: what it holds. */
  readonly label: string;
}

export interface Call {
  readonly kernel: KernelName;
  readonly args: readonly (number | Buffer)[];
  /** For `inspect`: the op or stage that asked for it. */
  readonly by: string;
}

export interface Emit {
  readonly calls: readonly Call[];
  /** A temporary of `length` f32 (or i32). */
  buffer(length: number, label?: string): Buffer;
  call<K extends KernelName>(kernel: K, ...args: KernelArgs<Buffer>[K]): void;
}

let ids = 0;

/** Memory that already has its place. */
export function fixed(address: number, bytes: number, label: string): Buffer {
  return { id: ++ids, bytes, address, label };
}

/** `by()` is asked at each call who is emitting. */
export function emitter(by: () => string): Emit {
  const calls: Call[] = [];
  return {
    calls,
    buffer: (length, label = "") => ({ id: ++ids, bytes: Math.max(1, length) * 4, label }),
    call: (kernel, ...args) => {
      calls.push({ kernel, args, by: by() });
    },
  };
}
