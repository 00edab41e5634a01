import { philox, purpose } from "../random.ts";
import type { Twin } from "../wasm/abi.ts";

const words = new Uint32Array(4);

export const dropout_f32: Twin<"dropout_f32"> = ({ f32, u32 }, y, x, n, rate, stream, rng, first) => {
  y >>>= 2;
  x >>>= 2;
  rng >>>= 2;
  const [low, high, step] = [u32[rng] as number, u32[rng + 1] as number, u32[rng + 2] as number];
  const threshold = Math.floor(Math.fround(rate) * 2 ** 32);
  const scale = Math.fround(1 / (1 - Math.fround(rate)));
  for (let i = 0; i < n; i++) {
    if ((i & 3) === 0) philox(words, (first + i) >>> 2, purpose.dropout, stream >>> 0, step, low, high);
    f32[y + i] = (words[i & 3] as number) >= threshold ? (f32[x + i] as number) * scale : 0;
  }
};

export const dropout_grad_f32: Twin<"dropout_grad_f32"> = (memory, dx, dy, n, rate, stream, rng, first) => {
  dropout_f32(memory, dx, dy, n, rate, stream, rng, first);
};
