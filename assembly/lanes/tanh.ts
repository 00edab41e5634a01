// tanh   within 6 ULP, near 0 as well; ±1 from |x| = 9.02 on; NaN stays NaN
//
// x·P(x²) / Q(x²), a rational minimax fit of degree 4 over 4 for the relative error on |x| ≤ 9.02; both start with 1.
import { madd } from "./madd";

// biome-ignore format: one line per role
const TABLE = memory.data<f32>([
  -9.02, 9.02,
  0.13379719853401184, 0.003494035452604294, 2.0583500372595154e-5, 1.3319055192084761e-8,
  0.4671303629875183, 0.02587107941508293, 0.0003283094265498221, 7.76202796259895e-7,
  1, -1,
]);

let least = i32x4(0, 0, 0, 0);
let most = i32x4(0, 0, 0, 0);
let p1 = i32x4(0, 0, 0, 0);
let p2 = i32x4(0, 0, 0, 0);
let p3 = i32x4(0, 0, 0, 0);
let p4 = i32x4(0, 0, 0, 0);
let q1 = i32x4(0, 0, 0, 0);
let q2 = i32x4(0, 0, 0, 0);
let q3 = i32x4(0, 0, 0, 0);
let q4 = i32x4(0, 0, 0, 0);
let one = i32x4(0, 0, 0, 0);
let minusOne = i32x4(0, 0, 0, 0);

export function loadTanh(): void {
  least = v128.load32_splat(TABLE, 0);
  most = v128.load32_splat(TABLE, 4);
  p1 = v128.load32_splat(TABLE, 8);
  p2 = v128.load32_splat(TABLE, 12);
  p3 = v128.load32_splat(TABLE, 16);
  p4 = v128.load32_splat(TABLE, 20);
  q1 = v128.load32_splat(TABLE, 24);
  q2 = v128.load32_splat(TABLE, 28);
  q3 = v128.load32_splat(TABLE, 32);
  q4 = v128.load32_splat(TABLE, 36);
  one = v128.load32_splat(TABLE, 40);
  minusOne = v128.load32_splat(TABLE, 44);
}

export function tanh(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, least), most);
  const z = f32x4.mul(x, x);
  const p = madd(z, madd(z, madd(z, madd(z, p4, p3), p2), p1), one);
  const q = madd(z, madd(z, madd(z, madd(z, q4, q3), q2), q1), one);
  return f32x4.pmin(f32x4.pmax(f32x4.div(f32x4.mul(x, p), q), minusOne), one);
}
