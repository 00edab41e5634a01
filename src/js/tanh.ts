import type { Twin } from "../wasm/abi.ts";

export const tanh_f32: Twin<"tanh_f32"> = ({ f32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) {
    f32[y] = Math.tanh(f32[x] as number);
  }
};

export const tanh_grad_f32: Twin<"tanh_grad_f32"> = ({ f32 }, dx, dy, y, n) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (const end = y + n; y < end; y++, dy++, dx++) {
    const v = f32[y] as number;
    f32[dx] = (f32[dy] as number) * (1 - v * v);
  }
};
