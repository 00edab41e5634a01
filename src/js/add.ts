import type { Twin } from "../wasm/abi.ts";

export const add_f32: Twin<"add_f32"> = ({ f32 }, y, a, b, n) => {
  y >>>= 2;
  a >>>= 2;
  b >>>= 2;
  for (const end = a + n; a < end; a++, b++, y++) f32[y] = (f32[a] as number) + (f32[b] as number);
};
