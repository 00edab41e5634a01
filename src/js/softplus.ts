import type { Twin } from "../wasm/abi.ts";

export const softplus_f32: Twin<"softplus_f32"> = ({ f32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) {
    const v = f32[x] as number;
    f32[y] = (v < 0 ? 0 : v) + Math.log1p(Math.exp(-Math.abs(v)));
  }
};

export const softplus_grad_f32: Twin<"softplus_grad_f32"> = ({ f32 }, dx, dy, x, n) => {
  dx >>>= 2;
  dy >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, dy++, dx++) {
    f32[dx] = (f32[dy] as number) / (1 + Math.exp(-(f32[x] as number)));
  }
};
