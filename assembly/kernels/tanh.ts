// tanh         y[i] = tanh(x[i])
// tanh_grad   dx[i] = dy[i] · (1 − y[i]²)     y is the output
// Every buffer is n packed f32. y may be x; dx may be dy.
import { storeRow } from "../lanes/edge";
import { nmadd } from "../lanes/madd";
import { loadTanh, tanh } from "../lanes/tanh";

export function tanh_f32(y: usize, x: usize, n: i32): void {
  const end = x + (<usize>n << 2);
  loadTanh();
  for (; x < end; x += 16, y += 16) storeRow(y, tanh(v128.load(x)), end - x);
}

export function tanh_grad_f32(dx: usize, dy: usize, y: usize, n: i32): void {
  const end = y + (<usize>n << 2);
  for (; y < end; y += 16, dy += 16, dx += 16) {
    const v = v128.load(y);
    const g = v128.load(dy);
    storeRow(dx, nmadd(f32x4.mul(g, v), v, g), end - y);
  }
}
