// cce         loss[r] = −Σ_j t·log q
// cce_grad   dprob[r, j] = dloss[r] / S · (g_j − Σ_k g_k·prob[r, k] / S), g_j = −t/q, or 0 where the clip acts
// S = Σ_j prob[r, j], q = clip(prob[r, j] / S, 1e-7, 1 − 1e-7) in f32, t = target[r, j]·(1 − smoothing) + smoothing/cols, as Keras
// has them. prob, target and dprob are [rows, cols], loss and dloss [rows].
import { inside, storeRow } from "../lanes/edge";
import { loadLog, log } from "../lanes/log";
import { madd, nmadd } from "../lanes/madd";
import { sum } from "../lanes/reduce";
import { rowSum } from "./row";

const TABLE = memory.data<f32>([1e-7, 0.9999999]);

export function cce_f32(loss: usize, prob: usize, target: usize, rows: i32, cols: i32, smoothing: f32): void {
  const bytes = (<usize>cols) << 2;
  const least = v128.load32_splat(TABLE, 0);
  const most = v128.load32_splat(TABLE, 4);
  const keep = f32x4.splat(1 - smoothing);
  const spread = f32x4.splat(smoothing / <f32>cols);
  loadLog();
  for (const end = prob + <usize>rows * bytes; prob < end; prob += bytes, target += bytes, loss += 4) {
    const total = f32x4.splat(rowSum(prob, prob + bytes));
    let likelihood = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const q = f32x4.pmin(f32x4.pmax(f32x4.div(v128.load(prob + i), total), least), most);
      const t = madd(v128.load(target + i), keep, spread);
      likelihood = f32x4.add(likelihood, inside(f32x4.mul(t, log(q)), bytes - i));
    }
    store<f32>(loss, -sum(likelihood));
  }
}

export function cce_grad_f32(dprob: usize, dloss: usize, prob: usize, target: usize, rows: i32, cols: i32, smoothing: f32): void {
  const bytes = (<usize>cols) << 2;
  const least = v128.load32_splat(TABLE, 0);
  const most = v128.load32_splat(TABLE, 4);
  const keep = f32x4.splat(1 - smoothing);
  const spread = f32x4.splat(smoothing / <f32>cols);
  for (const end = prob + <usize>rows * bytes; prob < end; prob += bytes, target += bytes, dprob += bytes, dloss += 4) {
    const rowTotal = rowSum(prob, prob + bytes);
    const total = f32x4.splat(rowTotal);
    let pull = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const q = f32x4.div(v128.load(prob + i), total);
      const t = madd(v128.load(target + i), keep, spread);
      const clipped = v128.or(f32x4.lt(q, least), f32x4.gt(q, most));
      pull = f32x4.add(pull, inside(v128.andnot(t, clipped), bytes - i)); // −g·q = t
      storeRow(dprob + i, v128.andnot(f32x4.div(t, q), clipped), bytes - i);
    }
    const k = f32x4.splat(load<f32>(dloss) / rowTotal);
    const common = f32x4.mul(k, f32x4.splat(sum(pull)));
    for (let i: usize = 0; i < bytes; i += 16) storeRow(dprob + i, nmadd(k, v128.load(dprob + i), common), bytes - i);
  }
}
