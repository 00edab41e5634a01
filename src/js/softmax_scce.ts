import type { Twin } from "../wasm/abi.ts";

export const softmax_scce_f32: Twin<"softmax_scce_f32"> = ({ f32, i32 }, loss, prob, logits, labels, rows, cols) => {
  loss >>>= 2;
  prob >>>= 2;
  logits >>>= 2;
  labels >>>= 2;
  for (let r = 0; r < rows; r++, prob += cols, logits += cols) {
    const label = i32[labels + r] as number;
    const z = label >= 0 && label < cols ? (f32[logits + label] as number) : Number.NaN;
    let m = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < cols; j++) {
      const v = f32[logits + j] as number;
      if (v > m) m = v;
    }
    let total = 0;
    for (let j = 0; j < cols; j++) {
      const e = Math.exp((f32[logits + j] as number) - m);
      f32[prob + j] = e;
      total += e;
    }
    f32[loss + r] = Math.log(total) - (z - m);
    const share = 1 / total;
    for (let j = 0; j < cols; j++) f32[prob + j] = (f32[prob + j] as number) * share;
  }
};

export const softmax_scce_grad_f32: Twin<"softmax_scce_grad_f32"> = ({ f32, i32 }, dlogits, dloss, prob, labels, rows, cols) => {
  dlogits >>>= 2;
  dloss >>>= 2;
  prob >>>= 2;
  labels >>>= 2;
  for (let r = 0; r < rows; r++, dlogits += cols, prob += cols) {
    const label = i32[labels + r] as number;
    const known = label >= 0 && label < cols;
    const k = known ? (f32[dloss + r] as number) : Number.NaN;
    const own = known ? (f32[prob + label] as number) - 1 : 0;
    for (let j = 0; j < cols; j++) f32[dlogits + j] = k * (f32[prob + j] as number);
    if (known) f32[dlogits + label] = k * own;
  }
};
