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

/** Rows of `bytes`, at least 4, whose beginnings are toLine and fromLine bytes apart. */
export function copyRows(to: usize, toLine: usize, from: usize, fromLine: usize, bytes: usize, rows: i32): void {
  const whole = bytes & ~15;
  for (; rows > 0; rows--) {
    for (let i: usize = 0; i < whole; i += 16) v128.store(to + i, v128.load(from + i));
    if (whole < bytes) storeRow(to + whole, v128.load(from + whole), bytes - whole);
    to += toLine;
    from += fromLine;
  }
}

/** y += x likewise; y is whole vectors, whose lanes behind the end of a row stay. */
export function addRows(y: usize, yLine: usize, x: usize, xLine: usize, bytes: usize, rows: i32): void {
  const whole = bytes & ~15;
  for (; rows > 0; rows--) {
    for (let i: usize = 0; i < whole; i += 16) v128.store(y + i, f32x4.add(v128.load(y + i), v128.load(x + i)));
    if (whole < bytes) {
      const end = inside(v128.load(x + whole), bytes - whole);
      v128.store(y + whole, f32x4.add(v128.load(y + whole), end));
    }
    y += yLine;
    x += xLine;
  }
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

/**
 * The bias, or zeros, once for each of `rows` rows: a plane for each gate. Of the two biases of a cell whose last gate has products of its own for
 * inputs and state, the first gates have the sum, and the last one has both, the state's behind the inputs'.
 */
export function spreadBias(to: usize, bias: usize, units: i32, two: bool, gates: i32, rows: i32): void {
  const line = (<usize>pad(units)) << 2;
  const bytes = (<usize>units) << 2;
  const plane = <usize>rows * line;
  clear(to, <usize>(gates + (two ? 1 : 0)) * plane);
  if (bias == 0) return;
  const second = bias + <usize>gates * bytes;
  for (let g = 0; g < gates; g++) {
    const at = <usize>g * bytes;
    const shared = two && g < gates - 1;
    addRows(to, line, bias + at, 0, bytes, rows);
    if (shared) addRows(to, line, second + at, 0, bytes, rows);
    to += plane;
    if (two && !shared) addRows(to, line, second + at, 0, bytes, rows);
  }
}

/** Whether the step of this row is real; all are where there is no mask. */
export function isReal(mask: usize, row: i32, steps: i32, t: i32): bool {
  return mask == 0 || load<f32>(mask + ((<usize>(row * steps + t)) << 2)) != 0;
}
