// non_zero   y[i] = x[i] == 0 ? 0 : 1     Every buffer is n packed f32; y may be x.
import { storeRow } from "../lanes/edge";

export function non_zero_f32(y: usize, x: usize, n: i32): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (const end = x + ((<usize>n) << 2); x < end; x += 16, y += 16) {
    storeRow(y, v128.and(one, f32x4.ne(v128.load(x), zero)), end - x);
  }
}
