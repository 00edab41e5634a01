// multiply   y[i] = a[i] * b[i]     Every buffer is n packed f32; y may be a or b.
import { storeRow } from "../lanes/edge";

export function multiply_f32(y: usize, a: usize, b: usize, n: i32): void {
  const end = a + ((<usize>n) << 2);
  for (; a + 32 <= end; a += 32, b += 32, y += 32) {
    v128.store(y, f32x4.mul(v128.load(a), v128.load(b)));
    v128.store(y, f32x4.mul(v128.load(a, 16), v128.load(b, 16)), 16);
  }
  for (; a < end; a += 16, b += 16, y += 16) storeRow(y, f32x4.mul(v128.load(a), v128.load(b)), end - a);
}
