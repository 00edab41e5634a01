// c[i, j] = act(c[i, j] + bias[j]) over m rows of a strip of at most eight columns, just computed and still in the cache; bias may
// be 0. activation: 0 none, 1 relu, 2 leaky relu (slope), 3 elu (slope is alpha), 4 sigmoid, 5 tanh: the very functions of the
// kernels of those names.
import { storeRow } from "../lanes/edge";
import { expm1, loadExp } from "../lanes/exp";
import { loadSigmoid, sigmoid } from "../lanes/sigmoid";
import { loadTanh, tanh } from "../lanes/tanh";

export function finish(c: usize, cRow: usize, bias: usize, m: i32, bytes: usize, activation: i32, slope: f32): void {
  const minus = f32x4.splat(-0.0); // x + -0 is x, whatever x
  const bias0 = bias == 0 ? minus : v128.load(bias);
  const bias1 = bias == 0 ? minus : v128.load(bias, 16);
  const zero = f32x4.splat(0);
  const k = f32x4.splat(slope);
  if (activation == 3) loadExp();
  else if (activation == 4) loadSigmoid();
  else if (activation == 5) loadTanh();
  const end = c + <usize>m * cRow;
  while (c < end) {
    let v0 = f32x4.add(v128.load(c), bias0);
    let v1 = f32x4.add(v128.load(c, 16), bias1);
    if (activation == 1) {
      v0 = f32x4.pmax(v0, zero);
      v1 = f32x4.pmax(v1, zero);
    } else if (activation == 2) {
      v0 = v128.bitselect(v0, f32x4.mul(v0, k), f32x4.gt(v0, zero));
      v1 = v128.bitselect(v1, f32x4.mul(v1, k), f32x4.gt(v1, zero));
    } else if (activation > 2) {
      v0 = curve(v0, activation, k);
      v1 = curve(v1, activation, k);
    }
    storeRow(c, v0, bytes);
    if (bytes > 16) storeRow(c + 16, v1, bytes - 16);
    c += cRow;
  }
}

function curve(v: v128, activation: i32, alpha: v128): v128 {
  if (activation == 3) return v128.bitselect(v, f32x4.mul(alpha, expm1(v)), f32x4.gt(v, f32x4.splat(0)));
  return activation == 4 ? sigmoid(v) : tanh(v);
}
