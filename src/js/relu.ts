// On the bits of the numbers: a branch on data that nobody can foresee, which `Math.max` holds too, costs four times as much.
import type { Twin } from "../wasm/abi.ts";

const INFINITY = 0x7f800000;
const MINUS_INFINITY = -0x800000;

/** Keeps what has no sign, and NaN, whose bits lie beyond those of minus infinity. */
export const relu_f32: Twin<"relu_f32"> = ({ i32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) {
    const v = i32[x] as number;
    i32[y] = v & (~(v >> 31) | ((MINUS_INFINITY - v) >> 31));
  }
};

/** Keeps dy where 0 < y <= infinity; not where y is NaN, whose bits lie beyond. */
export const relu_grad_f32: Twin<"relu_grad_f32"> = ({ i32 }, dx, dy, y, n) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (const end = y + n; y < end; y++, dy++, dx++) {
    const v = i32[y] as number;
    i32[dx] = (i32[dy] as number) & (-v >> 31) & ~(v >> 31) & ~((INFINITY - v) >> 31);
  }
};
