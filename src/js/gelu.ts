import type { Twin } from "../wasm/abi.ts";
import { erf } from "./erf.ts";

export const gelu_f32: Twin<"gelu_f32"> = ({ f32 }, y, x, n) => {
  y >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, y++) {
    const v = f32[x] as number;
    f32[y] = v * 0.5 * (1 + erf(v * Math.SQRT1_2));
  }
};

const PER_SQRT_TAU = 1 / Math.sqrt(2 * Math.PI);

export const gelu_grad_f32: Twin<"gelu_grad_f32"> = ({ f32 }, dx, dy, x, n) => {
  dx >>>= 2;
  dy >>>= 2;
  x >>>= 2;
  for (const end = x + n; x < end; x++, dy++, dx++) {
    const v = f32[x] as number;
    const cdf = 0.5 * (1 + erf(v * Math.SQRT1_2));
    const density = Math.exp(-0.5 * v * v) * PER_SQRT_TAU;
    f32[dx] = (f32[dy] as number) * (cdf + v * density);
  }
};
