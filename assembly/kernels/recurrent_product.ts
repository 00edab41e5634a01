// The products of the recurrent layers, over operands that are packed once and used at every step.
import { wide } from "../lanes/wide";
import { TILE_ROWS, tileOf } from "./gemm_tile";
import { tileWideOf } from "./gemm_tile_wide";

const K_BLOCK = 256;

/**
 * c[rows, 8 · panels] = a b, or c += a b, over `k` steps of both packed operands, whose panels are aDepth and bDepth steps long, from aFrom and
 * bFrom on: chains over ascending k.
 */
export function product(
  c: usize,
  cRow: usize,
  a: usize,
  aDepth: i32,
  aFrom: i32,
  b: usize,
  bDepth: i32,
  bFrom: i32,
  k: i32,
  rows: i32,
  panels: i32,
  fresh: bool,
): void {
  const next = (<usize>bDepth) << 5;
  for (let s = 0; s < k; s += K_BLOCK) {
    const count = min(k - s, K_BLOCK);
    let q = b + ((<usize>(bFrom + s)) << 5);
    for (let p = 0; p < panels; ) {
      const pair = wide && p + 1 < panels;
      let left = rows;
      let tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
      let aPanel = a;
      let cTile = c + ((<usize>p) << 5);
      while (left > 0) {
        const height = (left + tiles - 1) / tiles;
        const aStep = (<usize>height) << 2;
        tilesOf(pair, height, cTile, cRow, aPanel + <usize>(aFrom + s) * aStep, aStep, q, next, 32, count, fresh && s == 0);
        aPanel += <usize>aDepth * aStep;
        cTile += <usize>height * cRow;
        left -= height;
        tiles--;
      }
      p += pair ? 2 : 1;
      q += pair ? next << 1 : next;
    }
  }
}

/**
 * c[m, 8 · panels] += a^T b over `k` steps, both operands where they lie: step after step, `aStep` and `bStep` bytes apart. c = a^T b
 * where `fresh`.
 */
export function productAcross(
  c: usize,
  cRow: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  m: i32,
  panels: i32,
  k: i32,
  fresh: bool,
): void {
  for (let p = 0; p < panels; ) {
    const pair = wide && p + 1 < panels;
    let left = m;
    let tiles = (m + TILE_ROWS - 1) / TILE_ROWS;
    let aTile = a;
    let cTile = c;
    while (left > 0) {
      const height = (left + tiles - 1) / tiles;
      tilesOf(pair, height, cTile, cRow, aTile, aStep, b, 32, bStep, k, fresh);
      aTile += (<usize>height) << 2;
      cTile += <usize>height * cRow;
      left -= height;
      tiles--;
    }
    p += pair ? 2 : 1;
    c += pair ? 64 : 32;
    b += pair ? 64 : 32;
  }
}

/** One tile, or the two of a pair of panels that are `next` bytes apart. */
function tilesOf(
  pair: bool,
  rows: i32,
  c: usize,
  cRow: usize,
  a: usize,
  aStep: usize,
  b: usize,
  next: usize,
  bStep: usize,
  k: i32,
  fresh: bool,
): void {
  if (pair && rows > 3) {
    tileWideOf(rows, c, cRow, a, aStep, b, next, bStep, k, fresh);
  } else {
    tileOf(rows, c, cRow, a, aStep, b, bStep, k, fresh);
    if (pair) tileOf(rows, c + 32, cRow, a, aStep, b + next, bStep, k, fresh);
  }
}
