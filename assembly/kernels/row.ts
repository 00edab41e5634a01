// What softmax and the losses do to one row of packed f32 that ends at `end`.
import { inside, insideOr, storeRow } from "../lanes/edge";
import { exp, loadExp } from "../lanes/exp";
import { max, sum } from "../lanes/reduce";

const LEAST = memory.data<f32>([-Infinity]);

export function rowSum(x: usize, end: usize): f32 {
  let total = f32x4.splat(0);
  for (; x + 16 <= end; x += 16) total = f32x4.add(total, v128.load(x));
  if (x < end) total = f32x4.add(total, inside(v128.load(x), end - x));
  return sum(total);
}

export function rowMax(x: usize, end: usize): f32 {
  const least = v128.load32_splat(LEAST);
  let even = least;
  let odd = least;
  for (; x + 32 <= end; x += 32) {
    even = f32x4.pmax(even, v128.load(x));
    odd = f32x4.pmax(odd, v128.load(x, 16));
  }
  for (; x < end; x += 16) even = f32x4.pmax(even, insideOr(v128.load(x), least, end - x));
  return max(f32x4.pmax(even, odd));
}

/** y = e^(x − m); returns the sum. */
export function rowExp(y: usize, x: usize, end: usize, m: f32): f32 {
  const shift = f32x4.splat(m);
  let total = f32x4.splat(0);
  loadExp();
  for (; x + 16 <= end; x += 16, y += 16) {
    const e = exp(f32x4.sub(v128.load(x), shift));
    v128.store(y, e);
    total = f32x4.add(total, e);
  }
  if (x < end) {
    const e = exp(f32x4.sub(v128.load(x), shift));
    storeRow(y, e, end - x);
    total = f32x4.add(total, inside(e, end - x));
  }
  return sum(total);
}

export function rowScale(y: usize, end: usize, factor: f32): void {
  const k = f32x4.splat(factor);
  for (; y + 16 <= end; y += 16) v128.store(y, f32x4.mul(v128.load(y), k));
  if (y < end) storeRow(y, f32x4.mul(v128.load(y), k), end - y);
}
