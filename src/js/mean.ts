import type { Twin } from "../wasm/abi.ts";

export const weighted_mean_f32: Twin<"weighted_mean_f32"> = ({ f32 }, out, x, w, n) => {
  x >>>= 2;
  let sum = 0;
  if (w === 0) {
    for (let i = 0; i < n; i++) sum += f32[x + i] as number;
  } else {
    w >>>= 2;
    for (let i = 0; i < n; i++) sum += (f32[x + i] as number) * (f32[w + i] as number);
  }
  f32[out >>> 2] = sum / n;
};

export const accumulate_f32: Twin<"accumulate_f32"> = ({ f32 }, total, x, n) => {
  x >>>= 2;
  let sum = f32[total >>> 2] as number;
  for (let i = 0; i < n; i++) sum += f32[x + i] as number;
  f32[total >>> 2] = sum;
};
