import type { Twin } from "../wasm/abi.ts";

const LEAST = Math.fround(1e-7);
const MOST = Math.fround(1 - 1e-7);

export const bce_f32: Twin<"bce_f32"> = ({ f32 }, loss, prob, target, rows, cols, smoothing) => {
  loss >>>= 2;
  prob >>>= 2;
  target >>>= 2;
  const keep = 1 - smoothing;
  const spread = smoothing / 2;
  for (let r = 0; r < rows; r++, prob += cols, target += cols) {
    let total = 0;
    for (let j = 0; j < cols; j++) {
      const q = clip(f32[prob + j] as number);
      const t = (f32[target + j] as number) * keep + spread;
      total -= t * Math.log(q) + (1 - t) * Math.log(1 - q);
    }
    f32[loss + r] = total / cols;
  }
};

export const bce_grad_f32: Twin<"bce_grad_f32"> = ({ f32 }, dprob, dloss, prob, target, rows, cols, smoothing) => {
  dprob >>>= 2;
  dloss >>>= 2;
  prob >>>= 2;
  target >>>= 2;
  const keep = 1 - smoothing;
  const spread = smoothing / 2;
  for (let r = 0; r < rows; r++, dprob += cols, prob += cols, target += cols) {
    const k = (f32[dloss + r] as number) / cols;
    for (let j = 0; j < cols; j++) {
      const p = f32[prob + j] as number;
      const t = (f32[target + j] as number) * keep + spread;
      f32[dprob + j] = p < LEAST || p > MOST ? 0 : (k * (p - t)) / (p * (1 - p));
    }
  }
};

function clip(p: number): number {
  return p < LEAST ? LEAST : p > MOST ? MOST : p;
}
