import type { Twin } from "../wasm/abi.ts";

export const non_zero_f32: Twin<"non_zero_f32"> = ({ f32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (let i = 0; i < n; i++) f32[y + i] = f32[x + i] === 0 ? 0 : 1;
};
