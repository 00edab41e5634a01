// mse         loss[r] = mean_j (pred[r, j] − target[r, j])²
// mse_grad   dpred[r, j] = dloss[r] · 2/cols · (pred[r, j] − target[r, j])
// pred, target and dpred are [rows, cols], loss and dloss [rows]. dpred may be pred.
import { inside, storeRow } from "../lanes/edge";
import { madd } from "../lanes/madd";
import { sum } from "../lanes/reduce";

export function mse_f32(loss: usize, pred: usize, target: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  for (const end = pred + <usize>rows * bytes; pred < end; pred += bytes, target += bytes, loss += 4) {
    let total = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const d = inside(f32x4.sub(v128.load(pred + i), v128.load(target + i)), bytes - i);
      total = madd(d, d, total);
    }
    store<f32>(loss, sum(total) / <f32>cols);
  }
}

export function mse_grad_f32(dpred: usize, dloss: usize, pred: usize, target: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  for (const end = pred + <usize>rows * bytes; pred < end; pred += bytes, target += bytes, dpred += bytes, dloss += 4) {
    const k = f32x4.splat((load<f32>(dloss) * 2) / <f32>cols);
    for (let i: usize = 0; i < bytes; i += 16) {
      storeRow(dpred + i, f32x4.mul(k, f32x4.sub(v128.load(pred + i), v128.load(target + i))), bytes - i);
    }
  }
}
