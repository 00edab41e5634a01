import type { Twin } from "../wasm/abi.ts";

export const count_correct_f32: Twin<"count_correct_f32"> = ({ f32, i32 }, hits, prob, labels, rows, cols) => {
  hits >>>= 2;
  prob >>>= 2;
  labels >>>= 2;
  for (let r = 0; r < rows; r++, prob += cols) f32[hits + r] = argmax(f32, prob, cols) === i32[labels + r] ? 1 : 0;
};

export const count_correct_dense_f32: Twin<"count_correct_dense_f32"> = ({ f32 }, hits, prob, target, rows, cols) => {
  hits >>>= 2;
  prob >>>= 2;
  target >>>= 2;
  for (let r = 0; r < rows; r++, prob += cols, target += cols) {
    f32[hits + r] = argmax(f32, prob, cols) === argmax(f32, target, cols) ? 1 : 0;
  }
};

export const count_correct_binary_f32: Twin<"count_correct_binary_f32"> = ({ f32 }, hits, prob, target, rows, cols) => {
  hits >>>= 2;
  prob >>>= 2;
  target >>>= 2;
  for (let r = 0; r < rows; r++, prob += cols, target += cols) {
    let agree = 0;
    for (let j = 0; j < cols; j++) if ((f32[prob + j] as number) > 0.5 === (f32[target + j] as number) > 0.5) agree++;
    f32[hits + r] = agree / cols;
  }
};

function argmax(f32: Float32Array, x: number, cols: number): number {
  let best = 0;
  for (let j = 1; j < cols; j++) if ((f32[x + j] as number) > (f32[x + best] as number)) best = j;
  return best;
}
