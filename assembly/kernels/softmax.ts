// softmax         y[r, j] = e^(x[r, j] − m) / Σ_j e^(x[r, j] − m)     m = max_j x[r, j], so nothing overflows
// softmax_grad   dx[r, j] = y[r, j] · (dy[r, j] − Σ_j dy[r, j] · y[r, j])     y is the output
// Every buffer is [rows, cols] packed f32. y may be x; dx may be dy.
import { inside, storeRow } from "../lanes/edge";
import { madd } from "../lanes/madd";
import { sum } from "../lanes/reduce";
import { NARROW, narrowSoftmax } from "./narrow";
import { rowExp, rowMax, rowScale } from "./row";

export function softmax_f32(y: usize, x: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  if (cols <= NARROW) {
    for (let left = rows; left > 0; left -= 4, x += bytes << 2, y += bytes << 2) {
      narrowSoftmax(y, x, bytes, left > 1 ? bytes : 0, <usize>min(left - 1, 2) * bytes, <usize>min(left - 1, 3) * bytes);
    }
    return;
  }
  for (const end = x + <usize>rows * bytes; x < end; x += bytes, y += bytes) {
    const total = rowExp(y, x, x + bytes, rowMax(x, x + bytes));
    rowScale(y, y + bytes, 1 / total);
  }
}

export function softmax_grad_f32(dx: usize, dy: usize, y: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  for (const end = y + <usize>rows * bytes; y < end; y += bytes, dy += bytes, dx += bytes) {
    let total = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16)
      total = madd(inside(v128.load(dy + i), bytes - i), inside(v128.load(y + i), bytes - i), total);
    const dot = f32x4.splat(sum(total));
    for (let i: usize = 0; i < bytes; i += 16) {
      storeRow(dx + i, f32x4.mul(v128.load(y + i), f32x4.sub(v128.load(dy + i), dot)), bytes - i);
    }
  }
}
