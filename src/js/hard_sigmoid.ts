import type { Twin } from "../wasm/abi.ts";

export const hard_sigmoid_f32: Twin<"hard_sigmoid_f32"> = ({ f32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) f32[y] = Math.min(Math.max((f32[x] as number) / 6 + 0.5, 0), 1);
};

export const hard_sigmoid_grad_f32: Twin<"hard_sigmoid_grad_f32"> = ({ f32 }, dx, dy, y, n) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (const end = y + n; y < end; y++, dy++, dx++) {
    const v = f32[y] as number;
    f32[dx] = v > 0 && v < 1 ? (f32[dy] as number) / 6 : 0;
  }
};
