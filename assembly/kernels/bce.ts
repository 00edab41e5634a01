// bce         loss[r] = −mean_j (t·log q + (1 − t)·log(1 − q))
// bce_grad   dpred[r, j] = dloss[r] / cols · (q − t) / (q·(1 − q)), and 0 where prob lies outside the clip
// q = clip(prob[r, j], 1e-7, 1 − 1e-7) in f32, t = target[r, j]·(1 − smoothing) + smoothing/2, as Keras has them.
// prob, target and dprob are [rows, cols], loss and dloss [rows]. dprob may be prob.
import { inside, storeRow } from "../lanes/edge";
import { loadLog, log } from "../lanes/log";
import { madd } from "../lanes/madd";
import { sum } from "../lanes/reduce";

const TABLE = memory.data<f32>([1e-7, 0.9999999, 1]);

export function bce_f32(loss: usize, prob: usize, target: usize, rows: i32, cols: i32, smoothing: f32): void {
  const bytes = (<usize>cols) << 2;
  const least = v128.load32_splat(TABLE, 0);
  const most = v128.load32_splat(TABLE, 4);
  const one = v128.load32_splat(TABLE, 8);
  const keep = f32x4.splat(1 - smoothing);
  const spread = f32x4.splat(smoothing / 2);
  loadLog();
  for (const end = prob + <usize>rows * bytes; prob < end; prob += bytes, target += bytes, loss += 4) {
    let total = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const q = f32x4.pmin(f32x4.pmax(v128.load(prob + i), least), most);
      const t = madd(v128.load(target + i), keep, spread);
      const likelihood = madd(t, log(q), f32x4.mul(f32x4.sub(one, t), log(f32x4.sub(one, q))));
      total = f32x4.add(total, inside(likelihood, bytes - i));
    }
    store<f32>(loss, -sum(total) / <f32>cols);
  }
}

export function bce_grad_f32(dprob: usize, dloss: usize, prob: usize, target: usize, rows: i32, cols: i32, smoothing: f32): void {
  const bytes = (<usize>cols) << 2;
  const least = v128.load32_splat(TABLE, 0);
  const most = v128.load32_splat(TABLE, 4);
  const one = v128.load32_splat(TABLE, 8);
  const keep = f32x4.splat(1 - smoothing);
  const spread = f32x4.splat(smoothing / 2);
  for (const end = prob + <usize>rows * bytes; prob < end; prob += bytes, target += bytes, dprob += bytes, dloss += 4) {
    const k = f32x4.splat(load<f32>(dloss) / <f32>cols);
    for (let i: usize = 0; i < bytes; i += 16) {
      const p = v128.load(prob + i);
      const t = madd(v128.load(target + i), keep, spread);
      const q = f32x4.pmin(f32x4.pmax(p, least), most);
      const slope = f32x4.div(f32x4.mul(k, f32x4.sub(q, t)), f32x4.mul(q, f32x4.sub(one, q)));
      const clipped = v128.or(f32x4.lt(p, least), f32x4.gt(p, most));
      storeRow(dprob + i, v128.andnot(slope, clipped), bytes - i);
    }
  }
}
