import type { Twin } from "../wasm/abi.ts";

const LEAST = Math.fround(1e-7);
const MOST = Math.fround(1 - 1e-7);

export const scce_f32: Twin<"scce_f32"> = ({ f32, i32 }, loss, prob, labels, rows, cols) => {
  loss >>>= 2;
  prob >>>= 2;
  labels >>>= 2;
  for (let r = 0; r < rows; r++, prob += cols) {
    const label = i32[labels + r] as number;
    let total = 0;
    for (let j = 0; j < cols; j++) total += f32[prob + j] as number;
    const q = label >= 0 && label < cols ? (f32[prob + label] as number) / total : Number.NaN;
    f32[loss + r] = -Math.log(q < LEAST ? LEAST : q > MOST ? MOST : q);
  }
};

export const scce_grad_f32: Twin<"scce_grad_f32"> = ({ f32, i32 }, dprob, dloss, prob, labels, rows, cols) => {
  dprob >>>= 2;
  dloss >>>= 2;
  prob >>>= 2;
  labels >>>= 2;
  for (let r = 0; r < rows; r++, dprob += cols, prob += cols) {
    const label = i32[labels + r] as number;
    if (label < 0 || label >= cols) {
      f32.fill(Number.NaN, dprob, dprob + cols);
      continue;
    }
    let total = 0;
    for (let j = 0; j < cols; j++) total += f32[prob + j] as number;
    const p = f32[prob + label] as number;
    const clipped = p / total < LEAST || p / total > MOST;
    const k = clipped ? 0 : (f32[dloss + r] as number);
    f32.fill(k / total, dprob, dprob + cols);
    f32[dprob + label] = clipped ? 0 : k / total - k / p;
  }
};
