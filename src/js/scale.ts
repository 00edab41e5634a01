import type { Twin } from "../wasm/abi.ts";

export const scale_f32: Twin<"scale_f32"> = ({ f32 }, y, x, n, factor) => {
  y >>>= 2;
  x >>>= 2;
  for (let i = 0; i < n; i++) f32[y + i] = factor * (f32[x + i] as number);
};
