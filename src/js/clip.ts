import type { Twin } from "../wasm/abi.ts";
import { sumSquares } from "./sum_lanes.ts";

export const clip_value_f32: Twin<"clip_value_f32"> = ({ f32 }, g, n, limit) => {
  g >>>= 2;
  for (let i = g; i < g + n; i++) f32[i] = Math.min(Math.max(f32[i] as number, -limit), limit);
};

export const clip_norm_f32: Twin<"clip_norm_f32"> = ({ f32 }, g, n, limit) => {
  g >>>= 2;
  const norm = Math.sqrt(sumSquares(f32, g, n));
  if (!(norm > limit)) return;
  const factor = Math.fround(limit / norm);
  for (let i = g; i < g + n; i++) f32[i] = (f32[i] as number) * factor;
};
