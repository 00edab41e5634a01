import type { Twin } from "../wasm/abi.ts";

export const softmax_f32: Twin<"softmax_f32"> = ({ f32 }, y, x, rows, cols) => {
  y >>>= 2;
  x >>>= 2;
  for (let r = 0; r < rows; r++, x += cols, y += cols) {
    let m = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < cols; j++) {
      const v = f32[x + j] as number;
      if (v > m) m = v;
    }
    let total = 0;
    for (let j = 0; j < cols; j++) {
      const e = Math.exp((f32[x + j] as number) - m);
      f32[y + j] = e;
      total += e;
    }
    const share = 1 / total;
    for (let j = 0; j < cols; j++) f32[y + j] = (f32[y + j] as number) * share;
  }
};

export const softmax_grad_f32: Twin<"softmax_grad_f32"> = ({ f32 }, dx, dy, y, rows, cols) => {
  dx >>>= 2;
  dy >>>= 2;
  y >>>= 2;
  for (let r = 0; r < rows; r++, dx += cols, dy += cols, y += cols) {
    let dot = 0;
    for (let j = 0; j < cols; j++) dot += (f32[dy + j] as number) * (f32[y + j] as number);
    for (let j = 0; j < cols; j++) f32[dx + j] = (f32[y + j] as number) * ((f32[dy + j] as number) - dot);
  }
};
