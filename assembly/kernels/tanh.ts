// tanh         y[i] = tanh(x[i])
// tanh_grad   dx[i] = dy[i] · (1 − y[i]²)     y is the output
// Every buffer is n packed f32. y may be x; dx may be dy.
import { storeRow } from "../lanes/edge";
import { nmadd } from "../lanes/madd";
import { loadTanh, tanh } from "../lanes/tanh";

export function tanh_f32(y: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  loadTanh();
  for (; x < end; x += 16, y += 16) storeRow(y, tanh(v128.load(x)), end - x);
}

export function tanh_grad_f32(dx: usize, dy: usize, y: usize, n: i32): void {
  const end = y + ((<usize>n) << 2);
  for (; y + 32 <= end; y += 32, dy += 32, dx += 32) {
    v128.store(dx, slope(v128.load(dy), v128.load(y)));
    v128.store(dx, slope(v128.load(dy, 16), v128.load(y, 16)), 16);
  }
  for (; y < end; y += 16, dy += 16, dx += 16) storeRow(dx, slope(v128.load(dy), v128.load(y)), end - y);
}

function slope(dy: v128, y: v128): v128 {
  return nmadd(f32x4.mul(dy, y), y, dy);
}
