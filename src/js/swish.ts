import type { Twin } from "../wasm/abi.ts";

export const swish_f32: Twin<"swish_f32"> = ({ f32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) {
    const v = f32[x] as number;
    f32[y] = v * (1 / (1 + Math.exp(-v)));
  }
};

export const swish_grad_f32: Twin<"swish_grad_f32"> = ({ f32 }, dx, dy, x, n) => {
  dx >>>= 2;
  dy >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, dy++, dx++) {
    const v = f32[x] as number;
    const s = 1 / (1 + Math.exp(-v));
    f32[dx] = (f32[dy] as number) * s * (1 + v * (1 - s));
  }
};
