// relu         y[i] = max(x[i], 0)                 NaN stays NaN
// relu_grad   dx[i] = y[i] > 0 ? dy[i] : 0         y is the output; the input serves as well
// Every buffer is n packed f32. y may be x; dx may be dy.
import { storeRow } from "../lanes/edge";

export function relu_f32(y: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  for (; x + 32 <= end; x += 32, y += 32) {
    v128.store(y, relu(v128.load(x)));
    v128.store(y, relu(v128.load(x, 16)), 16);
  }
  for (; x < end; x += 16, y += 16) storeRow(y, relu(v128.load(x)), end - x);
}

/** pmax(a, b) = a < b ? b : a, so NaN in the first place survives. */
function relu(x: v128): v128 {
  return f32x4.pmax(x, f32x4.splat(0));
}

export function relu_grad_f32(dx: usize, dy: usize, y: usize, n: i32): void {
  const end = y + ((<usize>n) << 2);
  for (; y + 32 <= end; y += 32, dy += 32, dx += 32) {
    v128.store(dx, pass(v128.load(dy), v128.load(y)));
    v128.store(dx, pass(v128.load(dy, 16), v128.load(y, 16)), 16);
  }
  for (; y < end; y += 16, dy += 16, dx += 16) storeRow(dx, pass(v128.load(dy), v128.load(y)), end - y);
}

function pass(dy: v128, y: v128): v128 {
  return v128.and(dy, f32x4.gt(y, f32x4.splat(0)));
}
