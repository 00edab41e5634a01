import type { Twin } from "../wasm/abi.ts";

export const max_steps_f32: Twin<"max_steps_f32"> = ({ f32, i32 }, y, at, x, rows, steps, cols) => {
  y >>>= 2;
  at >>>= 2;
  x >>>= 2;
  for (let r = 0; r < rows; r++, x += steps * cols, y += cols, at += cols) {
    for (let j = 0; j < cols; j++) {
      let place = 0;
      let best = f32[x + j] as number;
      for (let t = 1; t < steps; t++) {
        const v = f32[x + t * cols + j] as number;
        if (v > best || Number.isNaN(v)) {
          best = v;
          place = t;
        }
      }
      f32[y + j] = best;
      i32[at + j] = place;
    }
  }
};

export const max_steps_grad_f32: Twin<"max_steps_grad_f32"> = ({ f32, i32 }, dx, dy, at, rows, steps, cols) => {
  dx >>>= 2;
  dy >>>= 2;
  at >>>= 2;
  f32.fill(0, dx, dx + rows * steps * cols);
  for (let r = 0; r < rows; r++, dx += steps * cols, dy += cols, at += cols) {
    for (let j = 0; j < cols; j++) f32[dx + (i32[at + j] as number) * cols + j] = f32[dy + j] as number;
  }
};
