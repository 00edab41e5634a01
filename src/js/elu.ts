import type { Twin } from "../wasm/abi.ts";

export const elu_f32: Twin<"elu_f32"> = ({ f32 }, y, x, n, alpha) => {
  y >>>= 2;
  x >>>= 2;
  for (let i = 0; i < n; i++) {
    const v = f32[x + i] as number;
    f32[y + i] = v > 0 ? v : alpha * Math.expm1(v);
  }
};

export const elu_grad_f32: Twin<"elu_grad_f32"> = ({ f32 }, dx, dy, y, n, alpha) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (let i = 0; i < n; i++) {
    const v = f32[y + i] as number;
    const g = f32[dy + i] as number;
    f32[dx + i] = v > 0 ? g : g * (v + alpha);
  }
};
