import type { Twin } from "../wasm/abi.ts";

export const embedding_f32: Twin<"embedding_f32"> = ({ f32 }, y, table, ids, n, cols, vocabulary) => {
  y >>>= 2;
  table >>>= 2;
  ids >>>= 2;
  for (let i = 0; i < n; i++, y += cols) {
    const id = f32[ids + i] as number;
    if (!(id >= 0 && id < vocabulary)) {
      f32.fill(Number.NaN, y, y + cols);
      continue;
    }
    const row = table + Math.trunc(id) * cols;
    f32.copyWithin(y, row, row + cols);
  }
};

export const embedding_grad_f32: Twin<"embedding_grad_f32"> = ({ f32 }, dtable, dy, ids, n, cols, vocabulary, stride) => {
  dtable >>>= 2;
  dy >>>= 2;
  ids >>>= 2;
  for (let k = 0; k < vocabulary; k++) f32.fill(0, dtable + k * stride, dtable + k * stride + cols);
  for (let i = 0; i < n; i++, dy += stride) {
    const id = f32[ids + i] as number;
    if (!(id >= 0 && id < vocabulary)) continue;
    const sum = dtable + Math.trunc(id) * stride;
    for (let j = 0; j < cols; j++) f32[sum + j] = (f32[sum + j] as number) + (f32[dy + j] as number);
  }
};
