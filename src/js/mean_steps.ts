import type { Twin } from "../wasm/abi.ts";

export const mean_steps_f32: Twin<"mean_steps_f32"> = ({ f32 }, y, x, mask, rows, steps, cols) => {
  y >>>= 2;
  x >>>= 2;
  for (let r = 0; r < rows; r++, y += cols) {
    const count = realSteps(f32, mask, r, steps);
    f32.fill(0, y, y + cols);
    for (let t = 0; t < steps; t++, x += cols) {
      if (!isReal(f32, mask, r * steps + t)) continue;
      for (let j = 0; j < cols; j++) f32[y + j] = (f32[y + j] as number) + (f32[x + j] as number);
    }
    for (let j = 0; j < cols; j++) f32[y + j] = (f32[y + j] as number) / Math.max(count, 1);
  }
};

export const mean_steps_grad_f32: Twin<"mean_steps_grad_f32"> = ({ f32 }, dx, dy, mask, rows, steps, cols) => {
  dx >>>= 2;
  dy >>>= 2;
  for (let r = 0; r < rows; r++, dy += cols) {
    const count = realSteps(f32, mask, r, steps);
    for (let t = 0; t < steps; t++, dx += cols) {
      const real = isReal(f32, mask, r * steps + t);
      for (let j = 0; j < cols; j++) f32[dx + j] = real ? (f32[dy + j] as number) / count : 0;
    }
  }
};

const isReal = (f32: Float32Array, mask: number, i: number): boolean => mask === 0 || f32[(mask >>> 2) + i] !== 0;

function realSteps(f32: Float32Array, mask: number, r: number, steps: number): number {
  let n = 0;
  for (let t = 0; t < steps; t++) if (isReal(f32, mask, r * steps + t)) n++;
  return n;
}
