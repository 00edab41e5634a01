// exp     e^x         within 1.5 ULP; 0 below x = −86.99 (1.7e-38, so no denormals), Infinity above 88.7228, NaN stays NaN
// expm1   e^x − 1     within 2 ULP, for x ≤ 0 only; NaN stays NaN
//
// x = n·ln 2 + r with |r| ≤ ln(2)/2, then 2^n·(1 + r·q(r)), where r·q(r) is a minimax fit to e^r − 1 for the relative
// error. The table holds 2q, because it is 2^(n−1) that an exponent field can spell for every n.
//
// A v128 literal inside a loop costs more than the arithmetic around it, because V8 rebuilds it on every turn. So constants lie
// in a table, `loadExp` brings them into globals, and what a function has set before its loop V8 keeps in registers. This holds
// for every lane function that has a `load…` beside it: a kernel calls that once, ahead of its loop.
import { madd } from "./madd";

// biome-ignore format: one line per role
const TABLE = memory.data<f32>([
  -87.3, 89.4,
  1.4426950408889634, 12582912, -0.693145751953125, -1.4286068203094172e-6,
  0.0027765038582168144, 0.01673306480310238, 0.08333440047660287, 0.3333308706686215, 0.9999999630415568, 2,
  0.5, 1,
]);

let least = i32x4(0, 0, 0, 0);
let most = i32x4(0, 0, 0, 0);
let log2e = i32x4(0, 0, 0, 0);
let rounder = i32x4(0, 0, 0, 0); // 1.5·2^23: adding it rounds to a whole number n, and the low bits then spell n
let minusLn2High = i32x4(0, 0, 0, 0); // 15 bits, so that n times it is exact
let minusLn2Low = i32x4(0, 0, 0, 0);
let q5 = i32x4(0, 0, 0, 0);
let q4 = i32x4(0, 0, 0, 0);
let q3 = i32x4(0, 0, 0, 0);
let q2 = i32x4(0, 0, 0, 0);
let q1 = i32x4(0, 0, 0, 0);
let q0 = i32x4(0, 0, 0, 0);
let half = i32x4(0, 0, 0, 0);
let one = i32x4(0, 0, 0, 0);

export function loadExp(): void {
  least = v128.load32_splat(TABLE, 0);
  most = v128.load32_splat(TABLE, 4);
  log2e = v128.load32_splat(TABLE, 8);
  rounder = v128.load32_splat(TABLE, 12);
  minusLn2High = v128.load32_splat(TABLE, 16);
  minusLn2Low = v128.load32_splat(TABLE, 20);
  q5 = v128.load32_splat(TABLE, 24);
  q4 = v128.load32_splat(TABLE, 28);
  q3 = v128.load32_splat(TABLE, 32);
  q2 = v128.load32_splat(TABLE, 36);
  q1 = v128.load32_splat(TABLE, 40);
  q0 = v128.load32_splat(TABLE, 44);
  half = v128.load32_splat(TABLE, 48);
  one = v128.load32_splat(TABLE, 52);
}

export function exp(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, least), most); // the first operand is the one that survives as NaN
  const z = madd(x, log2e, rounder);
  const n = f32x4.sub(z, rounder);
  const r = madd(n, minusLn2Low, madd(n, minusLn2High, x));
  const q = madd(r, madd(r, madd(r, madd(r, madd(r, q5, q4), q3), q2), q1), q0);
  const power = i32x4.add(i32x4.shl(z, 23), half); // 2^(n−1): 0 for n = −126, Infinity for n = 129
  return f32x4.mul(madd(r, q, q0), power);
}

export function expm1(x: v128): v128 {
  x = f32x4.pmax(x, least);
  const z = madd(x, log2e, rounder);
  const n = f32x4.sub(z, rounder);
  const r = madd(n, minusLn2Low, madd(n, minusLn2High, x));
  const q = madd(r, madd(r, madd(r, madd(r, madd(r, q5, q4), q3), q2), q1), q0);
  const power = i32x4.add(i32x4.shl(z, 23), half);
  return madd(power, f32x4.mul(r, q), f32x4.sub(f32x4.add(power, power), one));
}
