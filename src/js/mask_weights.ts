import type { Twin } from "../wasm/abi.ts";

export const mask_weights_f32: Twin<"mask_weights_f32"> = ({ f32 }, out, mask, w, n) => {
  out >>>= 2;
  mask >>>= 2;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += f32[mask + i] as number;
  const scale = sum === 0 ? 0 : n / sum;
  for (let i = 0; i < n; i++) {
    const weight = w === 0 ? 1 : (f32[(w >>> 2) + i] as number);
    f32[out + i] = (f32[mask + i] as number) * weight * scale;
  }
};
