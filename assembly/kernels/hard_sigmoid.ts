// hard_sigmoid         y[i] = min(max(x[i] / 6 + ½, 0), 1)
// hard_sigmoid_grad   dx[i] = 0 < y[i] < 1 ? dy[i] / 6 : 0     y is the output
// Every buffer is n packed f32. y may be x; dx may be dy.
import { storeRow } from "../lanes/edge";
import { hardSigmoid, hardSigmoidSlope, loadHardSigmoid } from "../lanes/hardSigmoid";

export function hard_sigmoid_f32(y: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  loadHardSigmoid();
  for (; x < end; x += 16, y += 16) storeRow(y, hardSigmoid(v128.load(x)), end - x);
}

export function hard_sigmoid_grad_f32(dx: usize, dy: usize, y: usize, n: i32): void {
  const end = y + ((<usize>n) << 2);
  loadHardSigmoid();
  for (; y < end; y += 16, dy += 16, dx += 16) storeRow(dx, f32x4.mul(v128.load(dy), hardSigmoidSlope(v128.load(y))), end - y);
}
