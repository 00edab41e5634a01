import type { Twin } from "../wasm/abi.ts";

export const relu_f32: Twin<"relu_f32"> = ({ f32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) {
    const v = f32[x] as number;
    f32[y] = v < 0 ? 0 : v;
  }
};

export const relu_grad_f32: Twin<"relu_grad_f32"> = ({ f32 }, dx, dy, y, n) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (const end = y + n; y < end; y++, dy++, dx++) f32[dx] = (f32[y] as number) > 0 ? (f32[dy] as number) : 0;
};
