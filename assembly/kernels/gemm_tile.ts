// c[R, 8] = a[k, R]^T b[k, 8], or c += … where `fresh` is false: the inner loop of every product. Twelve sums, two vectors of b and
// one splat of a are the fifteen registers that V8 has; a function call away from the loops around it, it is compiled on its own.
// A step of k is aStep bytes in a, whose R values lie together, and bStep bytes in b; a row of c is cRow bytes.
import { madd } from "../lanes/madd";

/** The plain build, whose product is a step of its own, needs a register more. */
export const TILE_ROWS = ASC_FEATURE_RELAXED_SIMD ? 6 : 5;

// The size of the type is the number of rows, so the tests on it are decided at compile time.
class Rows1 {
  a: u8 = 0;
}
class Rows2 {
  a: u16 = 0;
}
class Rows3 {
  a: u8 = 0;
  b: u8 = 0;
  c: u8 = 0;
}
export class Rows4 {
  a: u32 = 0;
}
export class Rows5 {
  a: u32 = 0;
  b: u8 = 0;
}
export class Rows6 {
  a: u32 = 0;
  b: u16 = 0;
}

// Steps that are known to be those of packed panels spare the plain build, whose tile the front of the machine limits, two registers.
class AnySteps {
  a: u8 = 0;
}
class PackedSteps {
  a: u16 = 0;
}

/** The tile of `rows` <= TILE_ROWS rows. */
export function tileOf(rows: i32, c: usize, cRow: usize, a: usize, aStep: usize, b: usize, bStep: usize, k: i32, fresh: bool): void {
  if (!ASC_FEATURE_RELAXED_SIMD && bStep == 32 && aStep == (<usize>rows) << 2) {
    pick<PackedSteps>(rows, c, cRow, a, aStep, b, bStep, k, fresh);
  } else {
    pick<AnySteps>(rows, c, cRow, a, aStep, b, bStep, k, fresh);
  }
}

function pick<S>(rows: i32, c: usize, cRow: usize, a: usize, aStep: usize, b: usize, bStep: usize, k: i32, fresh: bool): void {
  if (TILE_ROWS == 6 && rows == 6) tile<Rows6, S>(c, cRow, a, aStep, b, bStep, k, fresh);
  else if (rows == 5) tile<Rows5, S>(c, cRow, a, aStep, b, bStep, k, fresh);
  else if (rows == 4) tile<Rows4, S>(c, cRow, a, aStep, b, bStep, k, fresh);
  else if (rows == 3) tile<Rows3, S>(c, cRow, a, aStep, b, bStep, k, fresh);
  else if (rows == 2) tile<Rows2, S>(c, cRow, a, aStep, b, bStep, k, fresh);
  else tile<Rows1, S>(c, cRow, a, aStep, b, bStep, k, fresh);
}

function tile<R, S>(c: usize, cRow: usize, a: usize, aStep: usize, b: usize, bStep: usize, k: i32, fresh: bool): void {
  if (offsetof<S>() == 2) {
    aStep = offsetof<R>() << 2;
    bStep = 32;
  }
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  let c50 = c00;
  let c51 = c00;
  if (!fresh) {
    let p = c;
    c00 = v128.load(p);
    c01 = v128.load(p, 16);
    if (offsetof<R>() > 1) {
      p += cRow;
      c10 = v128.load(p);
      c11 = v128.load(p, 16);
    }
    if (offsetof<R>() > 2) {
      p += cRow;
      c20 = v128.load(p);
      c21 = v128.load(p, 16);
    }
    if (offsetof<R>() > 3) {
      p += cRow;
      c30 = v128.load(p);
      c31 = v128.load(p, 16);
    }
    if (offsetof<R>() > 4) {
      p += cRow;
      c40 = v128.load(p);
      c41 = v128.load(p, 16);
    }
    if (offsetof<R>() > 5) {
      p += cRow;
      c50 = v128.load(p);
      c51 = v128.load(p, 16);
    }
  }
  const end = b + <usize>k * bStep;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load32_splat(a);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    if (offsetof<R>() > 1) {
      s = v128.load32_splat(a, 4);
      c10 = madd(s, b0, c10);
      c11 = madd(s, b1, c11);
    }
    if (offsetof<R>() > 2) {
      s = v128.load32_splat(a, 8);
      c20 = madd(s, b0, c20);
      c21 = madd(s, b1, c21);
    }
    if (offsetof<R>() > 3) {
      s = v128.load32_splat(a, 12);
      c30 = madd(s, b0, c30);
      c31 = madd(s, b1, c31);
    }
    if (offsetof<R>() > 4) {
      s = v128.load32_splat(a, 16);
      c40 = madd(s, b0, c40);
      c41 = madd(s, b1, c41);
    }
    if (offsetof<R>() > 5) {
      s = v128.load32_splat(a, 20);
      c50 = madd(s, b0, c50);
      c51 = madd(s, b1, c51);
    }
    a += aStep;
    b += bStep;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  if (offsetof<R>() > 1) {
    c += cRow;
    v128.store(c, c10);
    v128.store(c, c11, 16);
  }
  if (offsetof<R>() > 2) {
    c += cRow;
    v128.store(c, c20);
    v128.store(c, c21, 16);
  }
  if (offsetof<R>() > 3) {
    c += cRow;
    v128.store(c, c30);
    v128.store(c, c31, 16);
  }
  if (offsetof<R>() > 4) {
    c += cRow;
    v128.store(c, c40);
    v128.store(c, c41, 16);
  }
  if (offsetof<R>() > 5) {
    c += cRow;
    v128.store(c, c50);
    v128.store(c, c51, 16);
  }
}
