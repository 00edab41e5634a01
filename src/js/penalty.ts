// A weight's sign comes from its bits: a branch on it, which nobody can foresee, costs four times as much.
import type { Twin } from "../wasm/abi.ts";
import { sumAbsolute, sumSquares } from "./sum_lanes.ts";

export const penalty_f32: Twin<"penalty_f32"> = ({ f32, i32 }, loss, g, w, n, l1, l2) => {
  g >>>= 2;
  w >>>= 2;
  for (let i = 0; i < n; i++) {
    const v = f32[w + i] as number;
    const sign = v === 0 ? 0 : ((i32[w + i] as number) >> 31) | 1;
    f32[g + i] = (f32[g + i] as number) + Math.fround(l1 * sign + Math.fround(2 * l2 * v));
  }
  f32[loss >>> 2] = (f32[loss >>> 2] as number) + l1 * sumAbsolute(f32, w, n) + l2 * sumSquares(f32, w, n);
};
