import type { Twin } from "../wasm/abi.ts";

export const elu_f32: Twin<"elu_f32"> = ({ f32 }, y, x, n, alpha) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) {
    const v = f32[x] as number;
    f32[y] = v > 0 ? v : alpha * Math.expm1(v);
  }
};

export const elu_grad_f32: Twin<"elu_grad_f32"> = ({ f32 }, dx, dy, y, n, alpha) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (const end = y + n; y < end; y++, dy++, dx++) {
    const v = f32[y] as number;
    const g = f32[dy] as number;
    f32[dx] = v > 0 ? g : g * (v + alpha);
  }
};
