// c[i, j] = act(c[i, j] + bias[j]) over m rows of a strip of at most eight columns, just computed and still in the cache; bias may
// be 0. activation: 0 none, 1 relu, 2 leaky relu with `slope`
import { storeFirst } from "../lanes/tail";

export function finish(c: usize, cRow: usize, bias: usize, m: i32, width: i32, activation: i32, slope: f32): void {
  const minus = f32x4.splat(-0.0); // x + -0 is x, whatever x
  const bias0 = bias == 0 ? minus : v128.load(bias);
  const bias1 = bias == 0 ? minus : v128.load(bias, 16);
  const end = c + <usize>m * cRow;
  while (c < end) {
    const v0 = activate(f32x4.add(v128.load(c), bias0), activation, slope);
    const v1 = activate(f32x4.add(v128.load(c, 16), bias1), activation, slope);
    if (width == 8) {
      v128.store(c, v0);
      v128.store(c, v1, 16);
    } else if (width >= 4) {
      v128.store(c, v0);
      if (width > 4) storeFirst(c + 16, v1, width - 4);
    } else {
      storeFirst(c, v0, width);
    }
    c += cRow;
  }
}

function activate(v: v128, activation: i32, slope: f32): v128 {
  if (activation == 1) return f32x4.pmax(v, f32x4.splat(0));
  if (activation == 2) return v128.bitselect(v, f32x4.mul(v, f32x4.splat(slope)), f32x4.gt(v, f32x4.splat(0)));
  return v;
}
