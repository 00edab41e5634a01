// softmax_cce         loss[r] = Σ_j t·(log S − (z_j − m)), the cross-entropy of softmax(z); prob[r, j] = e^(z_j − m) / S
// softmax_cce_grad   dlogits[r, j] = dloss[r] · (prob[r, j]·Σ_k t_k − t_j)
// z = logits[r], m = max_j z_j, S = Σ_j e^(z_j − m), t = target[r, j]·(1 − smoothing) + smoothing/cols. No logarithm is taken of a
// probability, so the loss is right where a probability rounds to 0.
// prob, logits, target and dlogits are [rows, cols], loss and dloss [rows]. prob may be logits; dlogits may be prob.
import { inside, storeRow } from "../lanes/edge";
import { exp, loadExp } from "../lanes/exp";
import { loadLog, log } from "../lanes/log";
import { madd } from "../lanes/madd";
import { sum } from "../lanes/reduce";
import { rowMax, rowScale } from "./row";

export function softmax_cce_f32(loss: usize, prob: usize, logits: usize, target: usize, rows: i32, cols: i32, smoothing: f32): void {
  const bytes = (<usize>cols) << 2;
  const keep = f32x4.splat(1 - smoothing);
  const spread = f32x4.splat(smoothing / <f32>cols);
  loadExp();
  loadLog();
  for (const end = logits + <usize>rows * bytes; logits < end; logits += bytes, prob += bytes, target += bytes, loss += 4) {
    const m = f32x4.splat(rowMax(logits, logits + bytes));
    let total = f32x4.splat(0);
    let weight = total;
    let below = total;
    for (let i: usize = 0; i < bytes; i += 16) {
      const left = bytes - i;
      const d = f32x4.sub(v128.load(logits + i), m);
      const t = madd(v128.load(target + i), keep, spread);
      const e = exp(d);
      storeRow(prob + i, e, left);
      total = f32x4.add(total, inside(e, left));
      weight = f32x4.add(weight, inside(t, left));
      below = f32x4.add(below, inside(f32x4.mul(t, d), left));
    }
    const s = sum(total);
    store<f32>(loss, sum(weight) * f32x4.extract_lane(log(f32x4.splat(s)), 0) - sum(below));
    rowScale(prob, prob + bytes, 1 / s);
  }
}

export function softmax_cce_grad_f32(dlogits: usize, dloss: usize, prob: usize, target: usize, rows: i32, cols: i32, smoothing: f32): void {
  const bytes = (<usize>cols) << 2;
  const keep = f32x4.splat(1 - smoothing);
  const spread = f32x4.splat(smoothing / <f32>cols);
  for (const end = prob + <usize>rows * bytes; prob < end; prob += bytes, target += bytes, dlogits += bytes, dloss += 4) {
    let weight = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      weight = f32x4.add(weight, inside(madd(v128.load(target + i), keep, spread), bytes - i));
    }
    const k = f32x4.splat(load<f32>(dloss));
    const total = f32x4.splat(sum(weight));
    for (let i: usize = 0; i < bytes; i += 16) {
      const t = madd(v128.load(target + i), keep, spread);
      storeRow(dlogits + i, f32x4.mul(k, f32x4.sub(f32x4.mul(total, v128.load(prob + i)), t)), bytes - i);
    }
  }
}
