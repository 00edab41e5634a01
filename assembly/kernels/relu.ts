// relu         y[i] = max(x[i], 0)                 NaN stays NaN
// relu_grad   dx[i] = y[i] > 0 ? dy[i] : 0         y is the output; the input serves as well
// Every buffer is n packed f32. y may be x; dx may be dy.
import { storeRow } from "../lanes/edge";

export function relu_f32(y: usize, x: usize, n: i32): void {
  const end = x + (<usize>n << 2);
  const zero = f32x4.splat(0);
  for (; x < end; x += 16, y += 16) {
    // pmax(a, b) = a < b ? b : a, so NaN in the first place survives.
    storeRow(y, f32x4.pmax(v128.load(x), zero), end - x);
  }
}

export function relu_grad_f32(dx: usize, dy: usize, y: usize, n: i32): void {
  const end = y + (<usize>n << 2);
  const zero = f32x4.splat(0);
  for (; y < end; y += 16, dy += 16, dx += 16) {
    storeRow(dx, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero)), end - y);
  }
}
