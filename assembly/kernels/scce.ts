// scce         loss[r] = −log q                        q = clip(prob[r, label] / S, 1e-7, 1 − 1e-7) in f32, S = Σ_j prob[r, j]
// scce_grad   dprob[r, j] = dloss[r] · (1/S − [j = label] / prob[r, label]), or 0 where the clip acts
// prob and dprob are [rows, cols], loss and dloss [rows]; labels is [rows] of i32. A label outside 0…cols−1 gives NaN.
import { storeRow } from "../lanes/edge";
import { loadLog, log } from "../lanes/log";
import { rowSum } from "./row";

const LEAST: f32 = 1e-7;
const MOST: f32 = 0.9999999;

export function scce_f32(loss: usize, prob: usize, labels: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  loadLog();
  for (const end = prob + <usize>rows * bytes; prob < end; prob += bytes, labels += 4, loss += 4) {
    const label = load<u32>(labels);
    let q = <f32>NaN;
    if (label < <u32>cols) {
      q = load<f32>(prob + ((<usize>label) << 2)) / rowSum(prob, prob + bytes);
      if (q < LEAST) q = LEAST;
      if (q > MOST) q = MOST;
    }
    store<f32>(loss, -f32x4.extract_lane(log(f32x4.splat(q)), 0));
  }
}

export function scce_grad_f32(dprob: usize, dloss: usize, prob: usize, labels: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  for (const end = prob + <usize>rows * bytes; prob < end; prob += bytes, labels += 4, dprob += bytes, dloss += 4) {
    const label = load<u32>(labels);
    const total = rowSum(prob, prob + bytes);
    let common = <f32>NaN;
    let own = common;
    if (label < <u32>cols) {
      const p = load<f32>(prob + ((<usize>label) << 2));
      const clipped = p / total < LEAST || p / total > MOST;
      common = clipped ? 0 : load<f32>(dloss) / total;
      own = clipped ? 0 : common - load<f32>(dloss) / p;
    }
    for (let i: usize = 0; i < bytes; i += 16) storeRow(dprob + i, f32x4.splat(common), bytes - i);
    if (label < <u32>cols) store<f32>(dprob + ((<usize>label) << 2), own);
  }
}
