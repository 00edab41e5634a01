import type { Twin } from "../wasm/abi.ts";

export const column_sum_f32: Twin<"column_sum_f32"> = ({ f32 }, y, x, rows, cols, stride) => {
  y >>>= 2;
  x >>>= 2;
  f32.fill(0, y, y + cols);
  for (let i = 0; i < rows; i++) {
    const row = x + i * stride;
    for (let j = 0; j < cols; j++) f32[y + j] = (f32[y + j] as number) + (f32[row + j] as number);
  }
};
