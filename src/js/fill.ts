import type { Twin } from "../wasm/abi.ts";

export const fill_f32: Twin<"fill_f32"> = ({ f32 }, y, n, value) => {
  f32.fill(value, y >>> 2, (y >>> 2) + n);
};
