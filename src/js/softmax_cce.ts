import type { Twin } from "../wasm/abi.ts";

export const softmax_cce_f32: Twin<"softmax_cce_f32"> = ({ f32 }, loss, prob, logits, target, rows, cols, smoothing) => {
  loss >>>= 2;
  prob >>>= 2;
  logits >>>= 2;
  target >>>= 2;
  const keep = 1 - smoothing;
  const spread = smoothing / cols;
  for (let r = 0; r < rows; r++, prob += cols, logits += cols, target += cols) {
    let m = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < cols; j++) {
      const v = f32[logits + j] as number;
      if (v > m) m = v;
    }
    let total = 0;
    let weight = 0;
    let below = 0;
    for (let j = 0; j < cols; j++) {
      const d = (f32[logits + j] as number) - m;
      const t = (f32[target + j] as number) * keep + spread;
      const e = Math.exp(d);
      f32[prob + j] = e;
      total += e;
      weight += t;
      below += t * d;
    }
    f32[loss + r] = weight * Math.log(total) - below;
    const share = 1 / total;
    for (let j = 0; j < cols; j++) f32[prob + j] = (f32[prob + j] as number) * share;
  }
};

export const softmax_cce_grad_f32: Twin<"softmax_cce_grad_f32"> = ({ f32 }, dlogits, dloss, prob, target, rows, cols, smoothing) => {
  dlogits >>>= 2;
  dloss >>>= 2;
  prob >>>= 2;
  target >>>= 2;
  const keep = 1 - smoothing;
  const spread = smoothing / cols;
  for (let r = 0; r < rows; r++, dlogits += cols, prob += cols, target += cols) {
    let weight = 0;
    for (let j = 0; j < cols; j++) weight += (f32[target + j] as number) * keep + spread;
    const k = f32[dloss + r] as number;
    for (let j = 0; j < cols; j++) {
      const t = (f32[target + j] as number) * keep + spread;
      f32[dlogits + j] = k * (weight * (f32[prob + j] as number) - t);
    }
  }
};
