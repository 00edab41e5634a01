// sigmoid   1 / (1 + e^−x)     within 3 ULP; NaN stays NaN
import { exp, loadExp } from "./exp";

const TABLE = memory.data<f32>([1]);

let one = i32x4(0, 0, 0, 0);

export function loadSigmoid(): void {
  loadExp();
  one = v128.load32_splat(TABLE);
}

export function sigmoid(x: v128): v128 {
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}
