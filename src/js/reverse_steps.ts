import type { Twin } from "../wasm/abi.ts";

export const reverse_steps_f32: Twin<"reverse_steps_f32"> = ({ f32 }, y, x, rows, steps, cols) => {
  y >>>= 2;
  x >>>= 2;
  for (let r = 0; r < rows; r++, x += steps * cols) {
    for (let t = steps - 1; t >= 0; t--, y += cols) f32.copyWithin(y, x + t * cols, x + (t + 1) * cols);
  }
};
