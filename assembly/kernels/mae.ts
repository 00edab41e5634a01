// mae         loss[r] = mean_j |pred[r, j] − target[r, j]|
// mae_grad   dpred[r, j] = dloss[r] / cols · sign(pred[r, j] − target[r, j])     sign 0 = 0
// pred, target and dpred are [rows, cols], loss and dloss [rows]. dpred may be pred.
import { inside, storeRow } from "../lanes/edge";
import { sum } from "../lanes/reduce";

export function mae_f32(loss: usize, pred: usize, target: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  for (const end = pred + <usize>rows * bytes; pred < end; pred += bytes, target += bytes, loss += 4) {
    let total = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const d = f32x4.abs(f32x4.sub(v128.load(pred + i), v128.load(target + i)));
      total = f32x4.add(total, inside(d, bytes - i));
    }
    store<f32>(loss, sum(total) / <f32>cols);
  }
}

export function mae_grad_f32(dpred: usize, dloss: usize, pred: usize, target: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  for (const end = pred + <usize>rows * bytes; pred < end; pred += bytes, target += bytes, dpred += bytes, dloss += 4) {
    const k = f32x4.splat(load<f32>(dloss) / <f32>cols);
    const minusK = f32x4.neg(k);
    for (let i: usize = 0; i < bytes; i += 16) {
      const p = v128.load(pred + i);
      const t = v128.load(target + i);
      const above = v128.and(k, f32x4.gt(p, t));
      const below = v128.and(minusK, f32x4.lt(p, t));
      const unordered = v128.or(f32x4.ne(p, p), f32x4.ne(t, t)); // all ones is a NaN
      storeRow(dpred + i, v128.or(v128.or(above, below), unordered), bytes - i);
    }
  }
}
