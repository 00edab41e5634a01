import type { Twin } from "../wasm/abi.ts";

export const sigmoid_f32: Twin<"sigmoid_f32"> = ({ f32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) {
    f32[y] = 1 / (1 + Math.exp(-(f32[x] as number)));
  }
};

export const sigmoid_grad_f32: Twin<"sigmoid_grad_f32"> = ({ f32 }, dx, dy, y, n) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (const end = y + n; y < end; y++, dy++, dx++) {
    const v = f32[y] as number;
    f32[dx] = (f32[dy] as number) * v * (1 - v);
  }
};
