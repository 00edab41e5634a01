import type { Twin } from "../wasm/abi.ts";

export const leaky_relu_f32: Twin<"leaky_relu_f32"> = ({ f32 }, y, x, n, slope) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) {
    const v = f32[x] as number;
    f32[y] = v > 0 ? v : slope * v;
  }
};

export const leaky_relu_grad_f32: Twin<"leaky_relu_grad_f32"> = ({ f32 }, dx, dy, y, n, slope) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (const end = y + n; y < end; y++, dy++, dx++) {
    const g = f32[dy] as number;
    f32[dx] = (f32[y] as number) > 0 ? g : slope * g;
  }
};
