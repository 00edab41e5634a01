// hardSigmoid        min(max(x/6 + ½, 0), 1); NaN stays NaN
// hardSigmoidSlope   1/6 where the output lies between 0 and 1, else 0
import { madd } from "./madd";

const TABLE = memory.data<f32>([0.16666666666666666, 0.5, 1]);

let sixth = i32x4(0, 0, 0, 0);
let half = i32x4(0, 0, 0, 0);
let one = i32x4(0, 0, 0, 0);

export function loadHardSigmoid(): void {
  sixth = v128.load32_splat(TABLE, 0);
  half = v128.load32_splat(TABLE, 4);
  one = v128.load32_splat(TABLE, 8);
}

export function hardSigmoid(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(madd(x, sixth, half), f32x4.splat(0)), one);
}

export function hardSigmoidSlope(y: v128): v128 {
  return v128.and(sixth, v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.lt(y, one)));
}
