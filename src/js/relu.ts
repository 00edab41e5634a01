import type { Twin } from "../wasm/abi.ts";

export const relu_f32: Twin<"relu_f32"> = ({ f32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (let i = 0; i < n; i++) {
    const v = f32[x + i] as number;
    f32[y + i] = v < 0 ? 0 : v;
  }
};

export const relu_grad_f32: Twin<"relu_grad_f32"> = ({ f32 }, dx, dy, y, n) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (let i = 0; i < n; i++) f32[dx + i] = (f32[y + i] as number) > 0 ? (f32[dy + i] as number) : 0;
};
