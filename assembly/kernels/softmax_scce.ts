// softmax_scce         loss[r] = log S − (z_label − m), the cross-entropy of softmax(z); prob[r, j] = e^(z_j − m) / S
// softmax_scce_grad   dlogits[r, j] = dloss[r] · (prob[r, j] − [j = label])
// z = logits[r], m = max_j z_j, S = Σ_j e^(z_j − m). No logarithm is taken of a probability, so the loss is right where a
// probability rounds to 0. prob, logits and dlogits are [rows, cols], loss and dloss [rows]; labels is [rows] of i32. A label outside
// 0…cols−1 gives NaN. prob may be logits; dlogits may be prob.
import { storeRow } from "../lanes/edge";
import { loadLog, log } from "../lanes/log";
import { NARROW, narrowMax, narrowSoftmax } from "./narrow";
import { rowExp, rowMax, rowScale } from "./row";

export function softmax_scce_f32(loss: usize, prob: usize, logits: usize, labels: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  if (cols <= NARROW) {
    for (let left = rows; left > 0; left -= 4, logits += bytes << 2, prob += bytes << 2, labels += 16, loss += 16) {
      // Of fewer than four rows, the last again and again.
      const i1 = <usize>min(left - 1, 1);
      const i2 = <usize>min(left - 1, 2);
      const i3 = <usize>min(left - 1, 3);
      let z = f32x4.splat(chosen(logits, labels, cols));
      z = f32x4.replace_lane(z, 1, chosen(logits + i1 * bytes, labels + (i1 << 2), cols));
      z = f32x4.replace_lane(z, 2, chosen(logits + i2 * bytes, labels + (i2 << 2), cols));
      z = f32x4.replace_lane(z, 3, chosen(logits + i3 * bytes, labels + (i3 << 2), cols));
      const s = narrowSoftmax(prob, logits, bytes, i1 * bytes, i2 * bytes, i3 * bytes);
      loadLog();
      storeRow(loss, f32x4.sub(log(s), f32x4.sub(z, narrowMax)), (<usize>left) << 2);
    }
    return;
  }
  loadLog();
  for (const end = logits + <usize>rows * bytes; logits < end; logits += bytes, prob += bytes, labels += 4, loss += 4) {
    const z = chosen(logits, labels, cols);
    const m = rowMax(logits, logits + bytes);
    const s = rowExp(prob, logits, logits + bytes, m);
    store<f32>(loss, f32x4.extract_lane(log(f32x4.splat(s)), 0) - (z - m));
    rowScale(prob, prob + bytes, 1 / s);
  }
}

/** The logit of the label; NaN where there is no such class. */
function chosen(logits: usize, labels: usize, cols: i32): f32 {
  const label = load<u32>(labels);
  return label < <u32>cols ? load<f32>(logits + ((<usize>label) << 2)) : <f32>NaN;
}

export function softmax_scce_grad_f32(dlogits: usize, dloss: usize, prob: usize, labels: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  for (const end = prob + <usize>rows * bytes; prob < end; prob += bytes, labels += 4, dlogits += bytes, dloss += 4) {
    const label = load<u32>(labels);
    const known = label < <u32>cols;
    const own = known ? load<f32>(prob + ((<usize>label) << 2)) - 1 : 0;
    const k = f32x4.splat(known ? load<f32>(dloss) : <f32>NaN);
    for (let i: usize = 0; i < bytes; i += 16) storeRow(dlogits + i, f32x4.mul(k, v128.load(prob + i)), bytes - i);
    if (known) store<f32>(dlogits + ((<usize>label) << 2), load<f32>(dloss) * own);
  }
}
