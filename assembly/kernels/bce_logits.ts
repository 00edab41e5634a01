// bce_logits         loss[r] = mean_j (max(z, 0) − z·t + log(1 + e^−|z|)), the cross-entropy of sigmoid(z); prob[r, j] = sigmoid(z)
// bce_logits_grad   dlogits[r, j] = dloss[r] / cols · (prob[r, j] − t)
// z = logits[r, j], t = target[r, j]·(1 − smoothing) + smoothing/2.
// prob, logits, target and dlogits are [rows, cols], loss and dloss [rows]. prob may be logits; dlogits may be prob.
import { inside, storeRow } from "../lanes/edge";
import { exp, loadExp } from "../lanes/exp";
import { loadLog1p, log1p } from "../lanes/log1p";
import { madd, nmadd } from "../lanes/madd";
import { sum } from "../lanes/reduce";
import { select } from "../lanes/select";

const TABLE = memory.data<f32>([1]);

export function bce_logits_f32(loss: usize, prob: usize, logits: usize, target: usize, rows: i32, cols: i32, smoothing: f32): void {
  const bytes = (<usize>cols) << 2;
  const zero = f32x4.splat(0);
  const one = v128.load32_splat(TABLE);
  const keep = f32x4.splat(1 - smoothing);
  const spread = f32x4.splat(smoothing / 2);
  loadExp();
  loadLog1p();
  for (const end = logits + <usize>rows * bytes; logits < end; logits += bytes, prob += bytes, target += bytes, loss += 4) {
    let total = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const z = v128.load(logits + i);
      const t = madd(v128.load(target + i), keep, spread);
      const e = exp(f32x4.neg(f32x4.abs(z)));
      const value = f32x4.add(nmadd(z, t, f32x4.pmax(z, zero)), log1p(e));
      total = f32x4.add(total, inside(value, bytes - i));
      const numerator = select(e, one, f32x4.lt(z, zero));
      storeRow(prob + i, f32x4.div(numerator, f32x4.add(one, e)), bytes - i);
    }
    store<f32>(loss, sum(total) / <f32>cols);
  }
}

export function bce_logits_grad_f32(dlogits: usize, dloss: usize, prob: usize, target: usize, rows: i32, cols: i32, smoothing: f32): void {
  const bytes = (<usize>cols) << 2;
  const keep = f32x4.splat(1 - smoothing);
  const spread = f32x4.splat(smoothing / 2);
  for (const end = prob + <usize>rows * bytes; prob < end; prob += bytes, target += bytes, dlogits += bytes, dloss += 4) {
    const k = f32x4.splat(load<f32>(dloss) / <f32>cols);
    for (let i: usize = 0; i < bytes; i += 16) {
      const t = madd(v128.load(target + i), keep, spread);
      storeRow(dlogits + i, f32x4.mul(k, f32x4.sub(v128.load(prob + i), t)), bytes - i);
    }
  }
}
