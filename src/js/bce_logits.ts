import type { Twin } from "../wasm/abi.ts";

export const bce_logits_f32: Twin<"bce_logits_f32"> = ({ f32 }, loss, prob, logits, target, rows, cols, smoothing) => {
  loss >>>= 2;
  prob >>>= 2;
  logits >>>= 2;
  target >>>= 2;
  const keep = 1 - smoothing;
  const spread = smoothing / 2;
  for (let r = 0; r < rows; r++, prob += cols, logits += cols, target += cols) {
    let total = 0;
    for (let j = 0; j < cols; j++) {
      const z = f32[logits + j] as number;
      const t = (f32[target + j] as number) * keep + spread;
      const e = Math.exp(-Math.abs(z));
      total += (z < 0 ? 0 : z) - z * t + Math.log1p(e);
      f32[prob + j] = (z < 0 ? e : 1) / (1 + e);
    }
    f32[loss + r] = total / cols;
  }
};

export const bce_logits_grad_f32: Twin<"bce_logits_grad_f32"> = ({ f32 }, dlogits, dloss, prob, target, rows, cols, smoothing) => {
  dlogits >>>= 2;
  dloss >>>= 2;
  prob >>>= 2;
  target >>>= 2;
  const keep = 1 - smoothing;
  const spread = smoothing / 2;
  for (let r = 0; r < rows; r++, dlogits += cols, prob += cols, target += cols) {
    const k = (f32[dloss + r] as number) / cols;
    for (let j = 0; j < cols; j++) {
      const t = (f32[target + j] as number) * keep + spread;
      f32[dlogits + j] = k * ((f32[prob + j] as number) - t);
    }
  }
};
