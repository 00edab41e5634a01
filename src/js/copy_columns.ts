import type { Twin } from "../wasm/abi.ts";

export const copy_columns_f32: Twin<"copy_columns_f32"> = ({ f32 }, y, x, rows, cols, yStride, xStride) => {
  y >>>= 2;
  x >>>= 2;
  for (let i = 0; i < rows; i++) f32.copyWithin(y + i * yStride, x + i * xStride, x + i * xStride + cols);
};
