// huber         loss[r] = mean_j (|d| ≤ delta ? d²/2 : delta · (|d| − delta/2))     d = pred[r, j] − target[r, j]
// huber_grad   dpred[r, j] = dloss[r] / cols · clamp(d, −delta, delta)
// pred, target and dpred are [rows, cols], loss and dloss [rows]. dpred may be pred.
import { inside, storeRow } from "../lanes/edge";
import { sum } from "../lanes/reduce";

export function huber_f32(loss: usize, pred: usize, target: usize, rows: i32, cols: i32, delta: f32): void {
  const bytes = (<usize>cols) << 2;
  const bound = f32x4.splat(delta);
  for (const end = pred + <usize>rows * bytes; pred < end; pred += bytes, target += bytes, loss += 4) {
    let total = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const size = f32x4.abs(f32x4.sub(v128.load(pred + i), v128.load(target + i)));
      const near = f32x4.pmin(size, bound); // d² and delta·(2|d| − delta) are both near·(2|d| − near)
      total = f32x4.add(total, inside(f32x4.mul(near, f32x4.sub(f32x4.add(size, size), near)), bytes - i));
    }
    store<f32>(loss, sum(total) / (2 * <f32>cols));
  }
}

export function huber_grad_f32(dpred: usize, dloss: usize, pred: usize, target: usize, rows: i32, cols: i32, delta: f32): void {
  const bytes = (<usize>cols) << 2;
  const most = f32x4.splat(delta);
  const least = f32x4.splat(-delta);
  for (const end = pred + <usize>rows * bytes; pred < end; pred += bytes, target += bytes, dpred += bytes, dloss += 4) {
    const k = f32x4.splat(load<f32>(dloss) / <f32>cols);
    for (let i: usize = 0; i < bytes; i += 16) {
      const d = f32x4.sub(v128.load(pred + i), v128.load(target + i));
      storeRow(dpred + i, f32x4.mul(k, f32x4.pmin(f32x4.pmax(d, least), most)), bytes - i);
    }
  }
}
