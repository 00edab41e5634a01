// Copies of the operands in the order in which the tiles read them: a panel holds, step of k after step of k, the values of its
// rows (or columns) side by side.

import { TILE_ROWS } from "./gemm_tile";

const STREAMS = 8;

/** Panels of at most TILE_ROWS rows of A, [m, k], or [k, m] where `transposed`; `line` is the distance of its rows in bytes. */
export function packA(to: usize, from: usize, line: usize, m: i32, k: i32, transposed: bool): void {
  let tiles = (m + TILE_ROWS - 1) / TILE_ROWS;
  while (m > 0) {
    const rows = (m + tiles - 1) / tiles;
    if (transposed) packColumns(to, from, line, rows, k);
    else packRows(to, from, line, rows, k);
    from += transposed ? (<usize>rows) << 2 : <usize>rows * line;
    to += (<usize>(rows * k)) << 2;
    m -= rows;
    tiles--;
  }
}

/** Panels of eight columns of B, [k, n], or [n, k] where `transposed`. */
export function packB(to: usize, from: usize, line: usize, n: i32, k: i32, transposed: bool): void {
  const panel = (<usize>k) << 5;
  if (transposed) {
    for (; n > 0; n -= 8) {
      packRows8(to, from, line, min(n, 8), k);
      from += line << 3;
      to += panel;
    }
    return;
  }
  // A few rows at a time, so that each is read on and on.
  for (let s = 0; s < k; s += STREAMS) {
    const depth = min(k - s, STREAMS);
    let p = to;
    let q = from;
    for (let left = n; left > 0; left -= 8) {
      packColumns8(p, q, line, depth);
      p += panel;
      q += 32;
    }
    to += (<usize>STREAMS) << 5;
    from += <usize>STREAMS * line;
  }
}

/** From rows that are `line` bytes apart, k along them, the panel of `rows` <= 6 rows. May write 20 bytes beyond the panel's end. */
function packRows(to: usize, from: usize, line: usize, rows: i32, k: i32): void {
  const step = (<usize>rows) << 2;
  const r1 = rows > 1 ? line : 0;
  const r2 = rows > 2 ? r1 + line : r1;
  const r3 = rows > 3 ? r2 + line : r2;
  const r4 = rows > 4 ? r3 + line : r3;
  const r5 = rows > 5 ? r4 + line : r4;
  const end = from + ((<usize>k) << 2);
  const vectors = from + ((<usize>(k & ~3)) << 2);
  while (from < vectors) {
    // Each step writes six values and the next step covers what this one has too many.
    const x0 = v128.load(from);
    const x1 = v128.load(from + r1);
    const x2 = v128.load(from + r2);
    const x3 = v128.load(from + r3);
    const x4 = v128.load(from + r4);
    const x5 = v128.load(from + r5);
    const low01 = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
    const low23 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
    const high23 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
    const low45 = v128.shuffle<i32>(x4, x5, 0, 4, 1, 5);
    const high45 = v128.shuffle<i32>(x4, x5, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
    v128.store64_lane(to, low45, 0, 16);
    to += step;
    v128.store(to, v128.shuffle<i64>(low01, low23, 1, 3));
    v128.store64_lane(to, low45, 1, 16);
    to += step;
    v128.store(to, v128.shuffle<i64>(high01, high23, 0, 2));
    v128.store64_lane(to, high45, 0, 16);
    to += step;
    v128.store(to, v128.shuffle<i64>(high01, high23, 1, 3));
    v128.store64_lane(to, high45, 1, 16);
    to += step;
    from += 16;
  }
  while (from < end) {
    store<f32>(to, load<f32>(from));
    store<f32>(to, load<f32>(from + r1), 4);
    store<f32>(to, load<f32>(from + r2), 8);
    store<f32>(to, load<f32>(from + r3), 12);
    store<f32>(to, load<f32>(from + r4), 16);
    store<f32>(to, load<f32>(from + r5), 20);
    to += step;
    from += 4;
  }
}

/** The same for a panel of eight, of which only the first `rows` are real: the last is repeated. */
function packRows8(to: usize, from: usize, line: usize, rows: i32, k: i32): void {
  const second = rows > 4 ? line << 2 : 0;
  packFour(to, from, line, rows < 4 ? rows : 4, k);
  packFour(to + 16, from + second, line, rows > 4 ? rows - 4 : 1, k);
}

function packFour(to: usize, from: usize, line: usize, rows: i32, k: i32): void {
  const r1 = rows > 1 ? line : 0;
  const r2 = rows > 2 ? r1 + line : r1;
  const r3 = rows > 3 ? r2 + line : r2;
  const end = from + ((<usize>k) << 2);
  const vectors = from + ((<usize>(k & ~3)) << 2);
  while (from < vectors) {
    const x0 = v128.load(from);
    const x1 = v128.load(from + r1);
    const x2 = v128.load(from + r2);
    const x3 = v128.load(from + r3);
    const low01 = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
    const low23 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
    const high23 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
    v128.store(to, v128.shuffle<i64>(low01, low23, 1, 3), 32);
    v128.store(to, v128.shuffle<i64>(high01, high23, 0, 2), 64);
    v128.store(to, v128.shuffle<i64>(high01, high23, 1, 3), 96);
    to += 128;
    from += 16;
  }
  while (from < end) {
    store<f32>(to, load<f32>(from));
    store<f32>(to, load<f32>(from + r1), 4);
    store<f32>(to, load<f32>(from + r2), 8);
    store<f32>(to, load<f32>(from + r3), 12);
    to += 32;
    from += 4;
  }
}

/** From steps of k that are `line` bytes apart, the panel of the eight columns at `from`. */
function packColumns8(to: usize, from: usize, line: usize, k: i32): void {
  const end = to + ((<usize>k) << 5);
  while (to < end) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    to += 32;
    from += line;
  }
}

/** The same for `rows` <= 6 columns. May write 20 bytes beyond the panel's end. */
function packColumns(to: usize, from: usize, line: usize, rows: i32, k: i32): void {
  const step = (<usize>rows) << 2;
  const end = to + <usize>k * step;
  while (to < end) {
    v128.store(to, v128.load(from));
    v128.store64_lane(to, v128.load64_zero(from, 16), 0, 16);
    to += step;
    from += line;
  }
}
