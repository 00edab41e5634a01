// Rows of the recurrent layers. A block of rows goes through all steps before the next block begins; what belongs to a unit of a gate lies in
// planes [rows, wide], where `wide` is the number of units rounded up to whole panels of eight: the units that are not there have no
// weights, and stay 0. Inputs and state of a row lie side by side, the state behind the inputs rounded up likewise, in rows of `rowOf` f32.
import { inside, storeRow } from "../lanes/edge";

export function pad(n: i32): i32 {
  return (n + 7) & ~7;
}

/** An odd number of vectors, so that rows do not compete for the same few places of the cache. */
export function rowOf(inputs: i32, units: i32): i32 {
  return pad(inputs) + pad(units) + 4;
}

export function clear(p: usize, bytes: usize): void {
  memory.fill(p, 0, bytes);
}

/** `bytes` of packed f32, at least 4. */
export function copyRow(to: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) storeRow(to + i, v128.load(from + i), bytes - i);
}

/** The same for rows whose beginnings are toLine and fromLine bytes apart. */
export function copyRows(to: usize, toLine: usize, from: usize, fromLine: usize, bytes: usize, rows: i32): void {
  const whole = bytes & ~15;
  for (; rows > 0; rows--) {
    for (let i: usize = 0; i < whole; i += 16) v128.store(to + i, v128.load(from + i));
    if (whole < bytes) storeRow(to + whole, v128.load(from + whole), bytes - whole);
    to += toLine;
    from += fromLine;
  }
}

/** y += x over `bytes` of packed f32; y is whole vectors, whose lanes behind the end stay. */
export function addRow(y: usize, x: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, f32x4.add(v128.load(y + i), inside(v128.load(x + i), bytes - i)));
}

/** y[j] = Σ x[i, j], or y[j] += …, over `k` rows of `line` bytes, from the first on. */
export function sumRows(y: usize, x: usize, line: usize, k: i32, fresh: bool): void {
  let j: usize = 0;
  for (; j + 64 <= line; j += 64) sumColumns(y + j, x + j, line, k, fresh);
  for (; j < line; j += 16) {
    let sum = fresh ? f32x4.splat(0) : v128.load(y + j);
    const end = x + <usize>k * line;
    for (let p = x; p < end; p += line) sum = f32x4.add(sum, v128.load(p + j));
    v128.store(y + j, sum);
  }
}

/** Of sixteen columns: four chains at a time. */
function sumColumns(y: usize, x: usize, line: usize, k: i32, fresh: bool): void {
  const zero = f32x4.splat(0);
  let s0 = fresh ? zero : v128.load(y);
  let s1 = fresh ? zero : v128.load(y, 16);
  let s2 = fresh ? zero : v128.load(y, 32);
  let s3 = fresh ? zero : v128.load(y, 48);
  for (const end = x + <usize>k * line; x < end; x += line) {
    s0 = f32x4.add(s0, v128.load(x));
    s1 = f32x4.add(s1, v128.load(x, 16));
    s2 = f32x4.add(s2, v128.load(x, 32));
    s3 = f32x4.add(s3, v128.load(x, 48));
  }
  v128.store(y, s0);
  v128.store(y, s1, 16);
  v128.store(y, s2, 32);
  v128.store(y, s3, 48);
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
