// What a kernel is, seen from TypeScript: a name, arguments, and a memory that its pointers (byte addresses) point into. Both
// executors, WebAssembly and plain JavaScript, offer exactly this, over the same layout, so any program runs on either.
import type { KernelArgs } from "./generated/kernels.ts";

export { kernelTable } from "./generated/kernels.ts";
export type { KernelArgs };

export type KernelName = keyof KernelArgs<number>;

/** Typed arrays over the whole memory. An f32 at byte address `p` is `f32[p >>> 2]`. */
export interface Views {
  readonly f32: Float32Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly u8: Uint8Array;
}

/** A kernel in plain JavaScript: the memory, then the kernel's own arguments (pointers as byte addresses). */
export type Twin<K extends KernelName> = (memory: Views, ...args: KernelArgs<number>[K]) => void;

export type Build = "relaxed" | "simd" | "js";

export interface Executor {
  readonly build: Build;
  /** Always read afresh: `reserve` may replace the arrays. */
  readonly views: Views;
  /** Makes at least `bytes` addressable; contents stay. */
  reserve(bytes: number): void;
  /** How many threads there are to run programs: 1 where there is only this one. */
  readonly threads: number;
  /** Whether every thread is a worker that computes with vectors of 256 bits. */
  readonly wide: boolean;
  /** Where the words lie by which threads meet; 0 where there is one thread. */
  readonly control: number;
  /**
   * Runs the program at this address to its end, on the first thread: this one, unless all are workers. Throws a `PipelineError` if a
   * kernel breaks off on any thread; after that, nothing can be run.
   */
  run(program: number): void;
  /** Runs one program on each thread; returns when all have ended. */
  runTogether(programs: readonly number[]): void;
  /** Ends the other threads, and lets the next executor have the memory. Nothing may be run or read afterwards. */
  close(): Promise<void>;
  /** Calls one kernel directly, for tests and benches. */
  call<K extends KernelName>(kernel: K, ...args: KernelArgs<number>[K]): void;
}

/** Threads meet at words below the arena: see assembly/threads.ts. */
export const CONTROL = 6144;
export const MOST_THREADS = 64;
/** The place of a program that is one call of a kernel. */
export const CALL = 7168;

/** The first address that belongs to programs and tensors; below it lie the kernels' constant tables. */
export const ARENA_BASE = 8192;

/** Tensors start on 64 bytes and own at least 64 bytes more than their size, so kernels may finish a row with a whole vector. */
export const ALIGNMENT = 64;
