import type { Twin } from "../wasm/abi.ts";

export const multiply_f32: Twin<"multiply_f32"> = ({ f32 }, y, a, b, n) => {
  y >>>= 2;
  a >>>= 2;
  b >>>= 2;
  for (let i = 0; i < n; i++) f32[y + i] = (f32[a + i] as number) * (f32[b + i] as number);
};
