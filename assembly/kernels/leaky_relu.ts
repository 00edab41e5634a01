// leaky_relu         y[i] = x[i] > 0 ? x[i] : slope · x[i]
// leaky_relu_grad   dx[i] = y[i] > 0 ? dy[i] : slope · dy[i]     y is the output; slope ≥ 0
// Every buffer is n packed f32. y may be x; dx may be dy.
import { storeRow } from "../lanes/edge";
import { select } from "../lanes/select";

export function leaky_relu_f32(y: usize, x: usize, n: i32, slope: f32): void {
  const end = x + ((<usize>n) << 2);
  const k = f32x4.splat(slope);
  for (; x + 32 <= end; x += 32, y += 32) {
    const v = v128.load(x);
    const w = v128.load(x, 16);
    v128.store(y, leak(v, v, k));
    v128.store(y, leak(w, w, k), 16);
  }
  for (; x < end; x += 16, y += 16) {
    const v = v128.load(x);
    storeRow(y, leak(v, v, k), end - x);
  }
}

export function leaky_relu_grad_f32(dx: usize, dy: usize, y: usize, n: i32, slope: f32): void {
  const end = y + ((<usize>n) << 2);
  const k = f32x4.splat(slope);
  for (; y + 32 <= end; y += 32, dy += 32, dx += 32) {
    v128.store(dx, leak(v128.load(dy), v128.load(y), k));
    v128.store(dx, leak(v128.load(dy, 16), v128.load(y, 16), k), 16);
  }
  for (; y < end; y += 16, dy += 16, dx += 16) storeRow(dx, leak(v128.load(dy), v128.load(y), k), end - y);
}

/** v where at > 0, else slope · v. */
function leak(v: v128, at: v128, slope: v128): v128 {
  return select(v, f32x4.mul(v, slope), f32x4.gt(at, f32x4.splat(0)));
}
