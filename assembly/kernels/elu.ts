// elu         y[i] = x[i] > 0 ? x[i] : alpha · (e^x[i] − 1)
// elu_grad   dx[i] = y[i] > 0 ? dy[i] : dy[i] · (y[i] + alpha)     y is the output; alpha ≥ 0
// Every buffer is n packed f32. y may be x; dx may be dy.
import { storeRow } from "../lanes/edge";
import { expm1, loadExp } from "../lanes/exp";
import { select } from "../lanes/select";

export function elu_f32(y: usize, x: usize, n: i32, alpha: f32): void {
  const end = x + ((<usize>n) << 2);
  const zero = f32x4.splat(0);
  const a = f32x4.splat(alpha);
  loadExp();
  for (; x < end; x += 16, y += 16) {
    const v = v128.load(x);
    storeRow(y, select(v, f32x4.mul(a, expm1(v)), f32x4.gt(v, zero)), end - x);
  }
}

export function elu_grad_f32(dx: usize, dy: usize, y: usize, n: i32, alpha: f32): void {
  const end = y + ((<usize>n) << 2);
  const a = f32x4.splat(alpha);
  for (; y + 32 <= end; y += 32, dy += 32, dx += 32) {
    v128.store(dx, slope(v128.load(dy), v128.load(y), a));
    v128.store(dx, slope(v128.load(dy, 16), v128.load(y, 16), a), 16);
  }
  for (; y < end; y += 16, dy += 16, dx += 16) storeRow(dx, slope(v128.load(dy), v128.load(y), a), end - y);
}

function slope(dy: v128, y: v128, alpha: v128): v128 {
  return select(dy, f32x4.mul(dy, f32x4.add(y, alpha)), f32x4.gt(y, f32x4.splat(0)));
}
