// Ops write kernel calls here. A buffer is a promise of memory: it gets its address when the whole program is known.
import type { KernelArgs, KernelName } from "../wasm/abi.ts";

/** `address` is set for buffers that outlive the program (parameters, data, inputs); the others live from first to last use. */
export interface Buffer {
  readonly bytes: number;
  readonly address?: number;
  /** A part of another buffer, `offset` bytes into it. */
  readonly of?: Buffer;
  readonly offset?: number;
  /** For `inspect`: what it holds. */
  readonly label: string;
}

export interface Call {
  readonly kernel: KernelName;
  readonly args: readonly (number | Buffer)[];
  /** For `inspect`: the op or stage that asked for it, and its floating-point operations where they are not obvious. */
  readonly by: string;
}

export interface Emit {
  readonly calls: readonly Call[];
  /** A temporary of `length` f32 (or i32). */
  buffer(length: number, label?: string): Buffer;
  call<K extends KernelName>(kernel: K, ...args: KernelArgs<Buffer>[K]): void;
}

/** Memory that already has its place. */
export function fixed(address: number, bytes: number, label: string): Buffer {
  return { bytes, address, label };
}

/** The null pointer: an argument that is left out. */
export const nothing: Buffer = fixed(0, 0, "-");

/** `length` f32 of `buffer` from its f32 number `start`. */
export function part(buffer: Buffer, start: number, length: number): Buffer {
  return { bytes: length * 4, of: buffer, offset: start * 4, label: buffer.label };
}

/** `by()` is asked at each call who is emitting. */
export function emitter(by: () => string): Emit {
  const calls: Call[] = [];
  return {
    calls,
    buffer: (length, label = "") => ({ bytes: Math.max(1, length) * 4, label: label || by() }),
    call: (kernel, ...args) => {
      calls.push({ kernel, args, by: by() });
    },
  };
}
