// c[R, 16] = a[k, R]^T b[k, 16], or c += … where `fresh` is false: two tiles of gemm_tile.ts side by side, for threads that compute with
// vectors of 256 bits (src/wasm/loadWide.ts). There two vectors that lie together share a register, so this tile is to them what one of
// half the width is to vectors of 128 bits, which have no room for it. `next` is how far the second panel of b lies behind the first.
import { madd } from "../lanes/madd";
import { Rows4, Rows5, Rows6, TILE_ROWS } from "./gemm_tile";

/** Where fresh sums start. They are loaded like others, because V8 joins no two vectors that come from different branches. */
const ZEROS = memory.data(64, 16);

/** The tile of 4 <= `rows` <= TILE_ROWS rows. */
export function tileWideOf(
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
  if (TILE_ROWS == 6 && rows == 6) tileWide<Rows6>(c, cRow, a, aStep, b, next, bStep, k, fresh);
  else if (rows == 5) tileWide<Rows5>(c, cRow, a, aStep, b, next, bStep, k, fresh);
  else tileWide<Rows4>(c, cRow, a, aStep, b, next, bStep, k, fresh);
}

function tileWide<R>(c: usize, cRow: usize, a: usize, aStep: usize, b: usize, next: usize, bStep: usize, k: i32, fresh: bool): void {
  let p = fresh ? ZEROS : c;
  const row: usize = fresh ? 0 : cRow;
  let c00 = v128.load(p);
  let c01 = v128.load(p, 16);
  let c02 = v128.load(p, 32);
  let c03 = v128.load(p, 48);
  p += row;
  let c10 = v128.load(p);
  let c11 = v128.load(p, 16);
  let c12 = v128.load(p, 32);
  let c13 = v128.load(p, 48);
  p += row;
  let c20 = v128.load(p);
  let c21 = v128.load(p, 16);
  let c22 = v128.load(p, 32);
  let c23 = v128.load(p, 48);
  p += row;
  let c30 = v128.load(p);
  let c31 = v128.load(p, 16);
  let c32 = v128.load(p, 32);
  let c33 = v128.load(p, 48);
  let c40 = c00;
  let c41 = c00;
  let c42 = c00;
  let c43 = c00;
  if (offsetof<R>() > 4) {
    p += row;
    c40 = v128.load(p);
    c41 = v128.load(p, 16);
    c42 = v128.load(p, 32);
    c43 = v128.load(p, 48);
  }
  let c50 = c00;
  let c51 = c00;
  let c52 = c00;
  let c53 = c00;
  if (offsetof<R>() > 5) {
    p += row;
    c50 = v128.load(p);
    c51 = v128.load(p, 16);
    c52 = v128.load(p, 32);
    c53 = v128.load(p, 48);
  }
  const end = b + <usize>k * bStep;
  let d = b + next;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(d);
    const b3 = v128.load(d, 16);
    let s = v128.load32_splat(a);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    c03 = madd(s, b3, c03);
    s = v128.load32_splat(a, 4);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    c12 = madd(s, b2, c12);
    c13 = madd(s, b3, c13);
    s = v128.load32_splat(a, 8);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    c22 = madd(s, b2, c22);
    c23 = madd(s, b3, c23);
    s = v128.load32_splat(a, 12);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    c32 = madd(s, b2, c32);
    c33 = madd(s, b3, c33);
    if (offsetof<R>() > 4) {
      s = v128.load32_splat(a, 16);
      c40 = madd(s, b0, c40);
      c41 = madd(s, b1, c41);
      c42 = madd(s, b2, c42);
      c43 = madd(s, b3, c43);
    }
    if (offsetof<R>() > 5) {
      s = v128.load32_splat(a, 20);
      c50 = madd(s, b0, c50);
      c51 = madd(s, b1, c51);
      c52 = madd(s, b2, c52);
      c53 = madd(s, b3, c53);
    }
    a += aStep;
    b += bStep;
    d += bStep;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  v128.store(c, c03, 48);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  v128.store(c, c12, 32);
  v128.store(c, c13, 48);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  v128.store(c, c22, 32);
  v128.store(c, c23, 48);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  v128.store(c, c32, 32);
  v128.store(c, c33, 48);
  if (offsetof<R>() > 4) {
    c += cRow;
    v128.store(c, c40);
    v128.store(c, c41, 16);
    v128.store(c, c42, 32);
    v128.store(c, c43, 48);
  }
  if (offsetof<R>() > 5) {
    c += cRow;
    v128.store(c, c50);
    v128.store(c, c51, 16);
    v128.store(c, c52, 32);
    v128.store(c, c53, 48);
  }
}
