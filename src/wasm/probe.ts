// What this runtime can do, asked by validating modules of a few bytes.

// (module (func (result v128) i32.const 0 i8x16.splat))
const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];
// (module (func (param v128 v128 v128) (result v128) local.get 0 local.get 1 local.get 2 f32x4.relaxed_madd))
const RELAXED = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11,
];

export interface Capabilities {
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  /** Shared memory can be made here (in a page: it is cross-origin isolated). */
  readonly sharedMemory: boolean;
}

export function capabilities(): Capabilities {
  const validates = (bytes: number[]): boolean => typeof WebAssembly === "object" && WebAssembly.validate(new Uint8Array(bytes));
  return {
    simd: validates(SIMD),
    relaxedSimd: validates(RELAXED),
    sharedMemory:
      typeof SharedArrayBuffer === "function" && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated !== false,
  };
}
