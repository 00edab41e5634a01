// log   natural logarithm, within 1 ULP; −Infinity for 0 and for denormals, NaN below 0, Infinity and NaN stay
//
// x = 2^n·(1 + f) with √½ ≤ 1 + f < √2, then n·ln 2 + f − f²/2 + f³·c(f), c a minimax polynomial.
import { madd, nmadd } from "./madd";
import { select } from "./select";

// biome-ignore format: one line per role
const TABLE = memory.data<f32>([
  0.7071067811865476, 1.1754943508222875e-38, -1.1754943508222875e-38, Infinity, -Infinity, 1, 0.5,
  0.693145751953125, 1.4286068203094172e-6,
  -0.07634497854158877, 0.12761577574524546, -0.13160182143327645, 0.14201757910462753,
  -0.16623357360992425, 0.2000122688052062, -0.2500082103390775, 0.33333331707660613,
]);

let sqrtHalf = i32x4(0, 0, 0, 0);
let leastNormal = i32x4(0, 0, 0, 0);
let minusLeastNormal = i32x4(0, 0, 0, 0);
let infinity = i32x4(0, 0, 0, 0);
let minusInfinity = i32x4(0, 0, 0, 0);
let one = i32x4(0, 0, 0, 0);
let half = i32x4(0, 0, 0, 0);
let ln2High = i32x4(0, 0, 0, 0);
let ln2Low = i32x4(0, 0, 0, 0);
let c7 = i32x4(0, 0, 0, 0);
let c6 = i32x4(0, 0, 0, 0);
let c5 = i32x4(0, 0, 0, 0);
let c4 = i32x4(0, 0, 0, 0);
let c3 = i32x4(0, 0, 0, 0);
let c2 = i32x4(0, 0, 0, 0);
let c1 = i32x4(0, 0, 0, 0);
let c0 = i32x4(0, 0, 0, 0);

export function loadLog(): void {
  sqrtHalf = v128.load32_splat(TABLE, 0);
  leastNormal = v128.load32_splat(TABLE, 4);
  minusLeastNormal = v128.load32_splat(TABLE, 8);
  infinity = v128.load32_splat(TABLE, 12);
  minusInfinity = v128.load32_splat(TABLE, 16);
  one = v128.load32_splat(TABLE, 20);
  half = v128.load32_splat(TABLE, 24);
  ln2High = v128.load32_splat(TABLE, 28);
  ln2Low = v128.load32_splat(TABLE, 32);
  c7 = v128.load32_splat(TABLE, 36);
  c6 = v128.load32_splat(TABLE, 40);
  c5 = v128.load32_splat(TABLE, 44);
  c4 = v128.load32_splat(TABLE, 48);
  c3 = v128.load32_splat(TABLE, 52);
  c2 = v128.load32_splat(TABLE, 56);
  c1 = v128.load32_splat(TABLE, 60);
  c0 = v128.load32_splat(TABLE, 64);
}

export function log(x: v128): v128 {
  const exponent = i32x4.shr_s(i32x4.sub(x, sqrtHalf), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(exponent, 23)), one);
  const n = f32x4.convert_i32x4_s(exponent);
  const c = madd(f, madd(f, madd(f, madd(f, madd(f, madd(f, madd(f, c7, c6), c5), c4), c3), c2), c1), c0);
  const f2 = f32x4.mul(f, f);
  const tail = madd(n, ln2Low, nmadd(half, f2, f32x4.mul(f32x4.mul(f, f2), c)));
  const y = madd(n, ln2High, f32x4.add(f, tail));
  const positive = select(minusInfinity, y, f32x4.lt(x, leastNormal));
  const signed = v128.or(positive, f32x4.lt(x, minusLeastNormal)); // all ones is a NaN
  return select(signed, x, f32x4.lt(x, infinity));
}
