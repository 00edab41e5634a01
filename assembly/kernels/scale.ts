// scale   y[i] = factor · x[i]     Every buffer is n packed f32; y may be x.
import { storeRow } from "../lanes/edge";

export function scale_f32(y: usize, x: usize, n: i32, factor: f32): void {
  const end = x + ((<usize>n) << 2);
  const k = f32x4.splat(factor);
  for (; x + 32 <= end; x += 32, y += 32) {
    v128.store(y, f32x4.mul(v128.load(x), k));
    v128.store(y, f32x4.mul(v128.load(x, 16), k), 16);
  }
  for (; x < end; x += 16, y += 16) storeRow(y, f32x4.mul(v128.load(x), k), end - x);
}
