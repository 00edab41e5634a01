import type { Twin } from "../wasm/abi.ts";

export const copy_f32: Twin<"copy_f32"> = ({ f32 }, y, x, n) => {
  f32.copyWithin(y >>> 2, x >>> 2, (x >>> 2) + n);
};
