// softplus         y[i] = log(1 + e^x[i]) = max(x[i], 0) + log(1 + e^−|x[i]|)
// softplus_grad   dx[i] = dy[i] · sigmoid(x[i])                                  x is the input
// Every buffer is n packed f32. y may be x; dx may be dy.
import { storeRow } from "../lanes/edge";
import { exp, loadExp } from "../lanes/exp";
import { loadLog1p, log1p } from "../lanes/log1p";
import { loadSigmoid, sigmoid } from "../lanes/sigmoid";

export function softplus_f32(y: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  const zero = f32x4.splat(0);
  loadExp();
  loadLog1p();
  for (; x < end; x += 16, y += 16) {
    const v = v128.load(x);
    storeRow(y, f32x4.add(f32x4.pmax(v, zero), log1p(exp(f32x4.neg(f32x4.abs(v))))), end - x);
  }
}

export function softplus_grad_f32(dx: usize, dy: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  loadSigmoid();
  for (; x < end; x += 16, dy += 16, dx += 16) storeRow(dx, f32x4.mul(v128.load(dy), sigmoid(v128.load(x))), end - x);
}
