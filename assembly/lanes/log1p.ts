// log1p   log(1 + e) for 0 ≤ e ≤ 1, within 2 ULP, near 0 as well; NaN stays NaN
//
// With s = e / (2 + e) it is 2·artanh(s) = 2s + s³·c(s²), c a minimax polynomial on s ≤ ⅓.
import { madd } from "./madd";

const TABLE = memory.data<f32>([2, 0.24289558032845737, 0.21430740735505488, 0.2861659674475933, 0.3999888835456233, 0.6666667550037227]);

let two = i32x4(0, 0, 0, 0);
let c4 = i32x4(0, 0, 0, 0);
let c3 = i32x4(0, 0, 0, 0);
let c2 = i32x4(0, 0, 0, 0);
let c1 = i32x4(0, 0, 0, 0);
let c0 = i32x4(0, 0, 0, 0);

export function loadLog1p(): void {
  two = v128.load32_splat(TABLE, 0);
  c4 = v128.load32_splat(TABLE, 4);
  c3 = v128.load32_splat(TABLE, 8);
  c2 = v128.load32_splat(TABLE, 12);
  c1 = v128.load32_splat(TABLE, 16);
  c0 = v128.load32_splat(TABLE, 20);
}

export function log1p(e: v128): v128 {
  const s = f32x4.div(e, f32x4.add(two, e));
  const z = f32x4.mul(s, s);
  const c = madd(z, madd(z, madd(z, madd(z, c4, c3), c2), c1), c0);
  return madd(f32x4.mul(s, z), c, f32x4.add(s, s));
}
