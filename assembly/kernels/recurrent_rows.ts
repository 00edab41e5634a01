// Rows of the recurrent layers. A block of rows goes through all steps before the next block begins; what belongs to a unit of a gate lies in
// planes [rows, wide], where `wide` is the number of units rounded up to whole panels of eight: the units that are not there have no
// weights, and stay 0. Inputs and state of a row lie side by side, the state behind the inputs rounded up likewise, in rows of `rowOf` f32.
import { inside, storeRow } from "../lanes/edge";

export function pad(n: i32): i32 {
  return (n + 7) & ~7;
}

/** An odd number of cache lines, so that rows do not compete for the same few places of the cache. */
export function rowOf(inputs: i32, units: i32): i32 {
  return (((pad(inputs) + pad(units) + 15) >> 4) | 1) << 4;
}

export function clear(p: usize, bytes: usize): void {
  memory.fill(p, 0, bytes);
}

/** `bytes` of packed f32, at least 4. */
export function copyRow(to: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) storeRow(to + i, v128.load(from + i), bytes - i);
}

/** y += x over `bytes` of packed f32; y is whole vectors, whose lanes behind the end stay. */
export function addRow(y: usize, x: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, f32x4.add(v128.load(y + i), inside(v128.load(x + i), bytes - i)));
}

/** y[j] = Σ x[i, j], or y[j] += …, over `k` rows of `line` bytes, from the first on. */
export function sumRows(y: usize, x: usize, line: usize, k: i32, fresh: bool): void {
  for (let j: usize = 0; j < line; j += 16) {
    let sum = fresh ? f32x4.splat(0) : v128.load(y + j);
    const end = x + <usize>k * line;
    for (let p = x; p < end; p += line) sum = f32x4.add(sum, v128.load(p + j));
    v128.store(y + j, sum);
  }
}

/** The bias, or zeros, once for each of `rows` rows: a plane for each gate. */
export function spreadBias(to: usize, bias: usize, units: i32, gates: i32, rows: i32): void {
  const bytes = (<usize>pad(units)) << 2;
  clear(to, <usize>(gates * rows) * bytes);
  if (bias == 0) return;
  for (let g = 0; g < gates; g++) {
    for (let r = 0; r < rows; r++) {
      copyRow(to, bias + ((<usize>(g * units)) << 2), (<usize>units) << 2);
      to += bytes;
    }
  }
}

/** Whether the step of this row is real; all are where there is no mask. */
export function isReal(mask: usize, row: i32, steps: i32, t: i32): bool {
  return mask == 0 || load<f32>(mask + ((<usize>(row * steps + t)) << 2)) != 0;
}
