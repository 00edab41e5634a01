import type { Twin } from "../wasm/abi.ts";
import { sumLanes } from "./sum_lanes.ts";

export const penalty_f32: Twin<"penalty_f32"> = ({ f32 }, loss, g, w, n, l1, l2) => {
  g >>>= 2;
  w >>>= 2;
  l1 = Math.fround(l1);
  l2 = Math.fround(l2);
  for (let i = 0; i < n; i++) {
    const v = f32[w + i] as number;
    const sign = v > 0 ? l1 : v < 0 ? -l1 : 0;
    f32[g + i] = (f32[g + i] as number) + Math.fround(sign + Math.fround(2 * l2 * v));
  }
  const sumAbs = sumLanes(f32, w, n, Math.abs);
  const sumSquare = sumLanes(f32, w, n, (v) => v * v);
  f32[loss >>> 2] = (f32[loss >>> 2] as number) + l1 * sumAbs + l2 * sumSquare;
};
