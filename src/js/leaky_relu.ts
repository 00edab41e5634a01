import type { Twin } from "../wasm/abi.ts";

export const leaky_relu_f32: Twin<"leaky_relu_f32"> = ({ f32 }, y, x, n, slope) => {
  y >>>= 2;
  x >>>= 2;
  for (let i = 0; i < n; i++) {
    const v = f32[x + i] as number;
    f32[y + i] = v > 0 ? v : slope * v;
  }
};

export const leaky_relu_grad_f32: Twin<"leaky_relu_grad_f32"> = ({ f32 }, dx, dy, y, n, slope) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (let i = 0; i < n; i++) {
    const g = f32[dy + i] as number;
    f32[dx + i] = (f32[y + i] as number) > 0 ? g : slope * g;
  }
};
