// erf          within 6 ULP; ±1 from |x| = 4 on; NaN stays NaN
// normalCdf    ½ (1 + erf(x/√2)), the share of a standard normal variable that lies below x; within 2e-7
//
// erf is x·P(x²) / Q(x²), a rational minimax fit of degree 5 over 5 for the relative error on |x| ≤ 4.
import { madd } from "./madd";

// biome-ignore format: one line per role
const TABLE = memory.data<f32>([
  -4, 4,
  1.1283791393105127, 0.1935457427346568, 0.05310182899281811, 0.0038833713314957545, 0.00028456627838181953, 1.9867744153234177e-6,
  1, 0.5048580039789751, 0.11535027538034087, 0.015207305884532929, 0.001185577319827973, 3.7420111207443276e-5,
  0.5, 0.7071067811865476, -1,
]);

let least = i32x4(0, 0, 0, 0);
let most = i32x4(0, 0, 0, 0);
let p0 = i32x4(0, 0, 0, 0);
let p1 = i32x4(0, 0, 0, 0);
let p2 = i32x4(0, 0, 0, 0);
let p3 = i32x4(0, 0, 0, 0);
let p4 = i32x4(0, 0, 0, 0);
let p5 = i32x4(0, 0, 0, 0);
let one = i32x4(0, 0, 0, 0);
let q1 = i32x4(0, 0, 0, 0);
let q2 = i32x4(0, 0, 0, 0);
let q3 = i32x4(0, 0, 0, 0);
let q4 = i32x4(0, 0, 0, 0);
let q5 = i32x4(0, 0, 0, 0);
let half = i32x4(0, 0, 0, 0);
let sqrtHalf = i32x4(0, 0, 0, 0);
let minusOne = i32x4(0, 0, 0, 0);

export function loadErf(): void {
  least = v128.load32_splat(TABLE, 0);
  most = v128.load32_splat(TABLE, 4);
  p0 = v128.load32_splat(TABLE, 8);
  p1 = v128.load32_splat(TABLE, 12);
  p2 = v128.load32_splat(TABLE, 16);
  p3 = v128.load32_splat(TABLE, 20);
  p4 = v128.load32_splat(TABLE, 24);
  p5 = v128.load32_splat(TABLE, 28);
  one = v128.load32_splat(TABLE, 32);
  q1 = v128.load32_splat(TABLE, 36);
  q2 = v128.load32_splat(TABLE, 40);
  q3 = v128.load32_splat(TABLE, 44);
  q4 = v128.load32_splat(TABLE, 48);
  q5 = v128.load32_splat(TABLE, 52);
  half = v128.load32_splat(TABLE, 56);
  sqrtHalf = v128.load32_splat(TABLE, 60);
  minusOne = v128.load32_splat(TABLE, 64);
}

export function erf(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, least), most);
  const z = f32x4.mul(x, x);
  const p = madd(z, madd(z, madd(z, madd(z, madd(z, p5, p4), p3), p2), p1), p0);
  const q = madd(z, madd(z, madd(z, madd(z, madd(z, q5, q4), q3), q2), q1), one);
  return f32x4.pmin(f32x4.pmax(f32x4.div(f32x4.mul(x, p), q), minusOne), one);
}

export function normalCdf(x: v128): v128 {
  return madd(erf(f32x4.mul(x, sqrtHalf)), half, half);
}
