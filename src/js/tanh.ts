import type { Twin } from "../wasm/abi.ts";

export const tanh_f32: Twin<"tanh_f32"> = ({ f32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (let i = 0; i < n; i++) {
    f32[y + i] = Math.tanh(f32[x + i] as number);
  }
};

export const tanh_grad_f32: Twin<"tanh_grad_f32"> = ({ f32 }, dx, dy, y, n) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (let i = 0; i < n; i++) {
    const v = f32[y + i] as number;
    f32[dx + i] = (f32[dy + i] as number) * (1 - v * v);
  }
};
