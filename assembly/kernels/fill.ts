// fill   y[i] = value     y is n packed f32.
import { storeRow } from "../lanes/edge";

export function fill_f32(y: usize, n: i32, value: f32): void {
  const end = y + ((<usize>n) << 2);
  const v = f32x4.splat(value);
  for (; y + 16 <= end; y += 16) v128.store(y, v);
  if (y < end) storeRow(y, v, end - y);
}
