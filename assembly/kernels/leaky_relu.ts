// leaky_relu         y[i] = x[i] > 0 ? x[i] : slope · x[i]
// leaky_relu_grad   dx[i] = y[i] > 0 ? dy[i] : slope · dy[i]     y is the output; slope ≥ 0
// Every buffer is n packed f32. y may be x; dx may be dy.
import { storeRow } from "../lanes/edge";

export function leaky_relu_f32(y: usize, x: usize, n: i32, slope: f32): void {
  const end = x + (<usize>n << 2);
  const zero = f32x4.splat(0);
  const k = f32x4.splat(slope);
  for (; x < end; x += 16, y += 16) {
    const v = v128.load(x);
    storeRow(y, v128.bitselect(v, f32x4.mul(v, k), f32x4.gt(v, zero)), end - x);
  }
}

export function leaky_relu_grad_f32(dx: usize, dy: usize, y: usize, n: i32, slope: f32): void {
  const end = y + (<usize>n << 2);
  const zero = f32x4.splat(0);
  const k = f32x4.splat(slope);
  for (; y < end; y += 16, dy += 16, dx += 16) {
    const g = v128.load(dy);
    storeRow(dx, v128.bitselect(g, f32x4.mul(g, k), f32x4.gt(v128.load(y), zero)), end - y);
  }
}
