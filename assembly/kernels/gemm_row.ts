// c[n] = Σ_k a[k] b[k, n], the product of a single row. A tile of one row would wait for its two sums at every step; here the steps of k
// are taken eight at a time, whose values of a stay in registers while the eight rows of b pass by, each read once and in order.
// Values of a are aStep bytes apart, rows of b bLine.
import { storeRow } from "../lanes/edge";
import { madd } from "../lanes/madd";

export function multiplyRow(c: usize, a: usize, aStep: usize, b: usize, bLine: usize, n: i32, k: i32): void {
  const bytes = (<usize>n) << 2;
  let fresh = true;
  for (; k >= 8; k -= 8) {
    eight(c, a, aStep, b, bLine, bytes, fresh);
    a += aStep << 3;
    b += bLine << 3;
    fresh = false;
  }
  for (; k > 0; k--) {
    one(c, a, b, bytes, fresh);
    a += aStep;
    b += bLine;
    fresh = false;
  }
}

function eight(c: usize, a: usize, aStep: usize, b: usize, bLine: usize, bytes: usize, fresh: bool): void {
  const aFar = a + (aStep << 2);
  const aStep3 = (aStep << 1) + aStep;
  const a0 = v128.load32_splat(a);
  const a1 = v128.load32_splat(a + aStep);
  const a2 = v128.load32_splat(a + (aStep << 1));
  const a3 = v128.load32_splat(a + aStep3);
  const a4 = v128.load32_splat(aFar);
  const a5 = v128.load32_splat(aFar + aStep);
  const a6 = v128.load32_splat(aFar + (aStep << 1));
  const a7 = v128.load32_splat(aFar + aStep3);
  const bFar = b + (bLine << 2);
  const bLine3 = (bLine << 1) + bLine;
  let i: usize = 0;
  while (i < bytes) {
    const near = b + i;
    const far = bFar + i;
    let sum = fresh ? f32x4.splat(0) : v128.load(c + i);
    sum = madd(a0, v128.load(near), sum);
    sum = madd(a1, v128.load(near + bLine), sum);
    sum = madd(a2, v128.load(near + (bLine << 1)), sum);
    sum = madd(a3, v128.load(near + bLine3), sum);
    sum = madd(a4, v128.load(far), sum);
    sum = madd(a5, v128.load(far + bLine), sum);
    sum = madd(a6, v128.load(far + (bLine << 1)), sum);
    sum = madd(a7, v128.load(far + bLine3), sum);
    storeRow(c + i, sum, bytes - i);
    i += 16;
  }
}

function one(c: usize, a: usize, b: usize, bytes: usize, fresh: bool): void {
  const s = v128.load32_splat(a);
  let i: usize = 0;
  while (i < bytes) {
    storeRow(c + i, madd(s, v128.load(b + i), fresh ? f32x4.splat(0) : v128.load(c + i)), bytes - i);
    i += 16;
  }
}
