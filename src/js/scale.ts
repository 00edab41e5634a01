import type { Twin } from "../wasm/abi.ts";

export const scale_f32: Twin<"scale_f32"> = ({ f32 }, y, x, n, factor) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) f32[y] = factor * (f32[x] as number);
};
