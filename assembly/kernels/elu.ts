// elu         y[i] = x[i] > 0 ? x[i] : alpha · (e^x[i] − 1)
// elu_grad   dx[i] = y[i] > 0 ? dy[i] : dy[i] · (y[i] + alpha)     y is the output; alpha ≥ 0
// Every buffer is n packed f32. y may be x; dx may be dy.
import { storeRow } from "../lanes/edge";
import { expm1, loadExp } from "../lanes/exp";

export function elu_f32(y: usize, x: usize, n: i32, alpha: f32): void {
  const end = x + (<usize>n << 2);
  const zero = f32x4.splat(0);
  const a = f32x4.splat(alpha);
  loadExp();
  for (; x < end; x += 16, y += 16) {
    const v = v128.load(x);
    storeRow(y, v128.bitselect(v, f32x4.mul(a, expm1(v)), f32x4.gt(v, zero)), end - x);
  }
}

export function elu_grad_f32(dx: usize, dy: usize, y: usize, n: i32, alpha: f32): void {
  const end = y + (<usize>n << 2);
  const zero = f32x4.splat(0);
  const a = f32x4.splat(alpha);
  for (; y < end; y += 16, dy += 16, dx += 16) {
    const g = v128.load(dy);
    const v = v128.load(y);
    storeRow(dx, v128.bitselect(g, f32x4.mul(g, f32x4.add(v, a)), f32x4.gt(v, zero)), end - y);
  }
}
