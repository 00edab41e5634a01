// What softmax and the losses do to one row of packed f32, `bytes` long.
import { inside, insideOr, storeRow } from "../lanes/edge";
import { exp } from "../lanes/exp";
import { max, sum } from "../lanes/reduce";

export function rowSum(x: usize, bytes: usize): f32 {
  let total = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) total = f32x4.add(total, inside(v128.load(x + i), bytes - i));
  return sum(total);
}

export function rowMax(x: usize, bytes: usize): f32 {
  const least = f32x4.splat(-Infinity);
  let m = least;
  for (let i: usize = 0; i < bytes; i += 16) m = f32x4.pmax(m, insideOr(v128.load(x + i), least, bytes - i));
  return max(m);
}

/** y = e^(x − m); returns the sum. The caller has called `loadExp`. */
export function rowExp(y: usize, x: usize, bytes: usize, m: f32): f32 {
  const shift = f32x4.splat(m);
  let total = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const e = exp(f32x4.sub(v128.load(x + i), shift));
    storeRow(y + i, e, bytes - i);
    total = f32x4.add(total, inside(e, bytes - i));
  }
  return sum(total);
}

export function rowScale(y: usize, bytes: usize, factor: f32): void {
  const k = f32x4.splat(factor);
  for (let i: usize = 0; i < bytes; i += 16) storeRow(y + i, f32x4.mul(v128.load(y + i), k), bytes - i);
}
