// swish         y[i] = x[i] · s            s = sigmoid(x[i])
// swish_grad   dx[i] = dy[i] · s · (1 + x[i] · (1 − s))          x is the input
// Every buffer is n packed f32. y may be x; dx may be dy. −Infinity gives NaN, as −Infinity · 0 does.
import { storeRow } from "../lanes/edge";
import { madd, nmadd } from "../lanes/madd";
import { loadSigmoid, sigmoid } from "../lanes/sigmoid";

export function swish_f32(y: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  loadSigmoid();
  for (; x < end; x += 16, y += 16) {
    const v = v128.load(x);
    storeRow(y, f32x4.mul(v, sigmoid(v)), end - x);
  }
}

export function swish_grad_f32(dx: usize, dy: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  loadSigmoid();
  for (; x < end; x += 16, dy += 16, dx += 16) {
    const v = v128.load(x);
    const s = sigmoid(v);
    storeRow(dx, f32x4.mul(v128.load(dy), madd(nmadd(s, v, v), s, s)), end - x); // s + s·(x − x·s)
  }
}
