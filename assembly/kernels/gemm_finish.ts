// c[i, j] = act(c[i, j] + bias[j]) over m rows of a strip of at most eight columns, just computed and still in the cache; bias may
// be 0. activation: 0 none, 1 relu, 2 leaky relu (slope), 3 elu (slope is alpha), 4 sigmoid, 5 tanh: the very functions of the
// kernels of those names.
import { storeRow } from "../lanes/edge";
import { expm1, loadExp } from "../lanes/exp";
import { loadSigmoid, sigmoid } from "../lanes/sigmoid";
import { loadTanh, tanh } from "../lanes/tanh";

export function finish(c: usize, cRow: usize, bias: usize, m: i32, width: i32, activation: i32, slope: f32): void {
  const minus = f32x4.splat(-0.0); // x + -0 is x, whatever x
  const bias0 = bias == 0 ? minus : v128.load(bias);
  const bias1 = bias == 0 ? minus : v128.load(bias, 16);
  const end = c + <usize>m * cRow;
  if (activation < 2 && width == 8) {
    const least = f32x4.splat(activation == 1 ? 0 : -Infinity); // pmax(a, b) = a < b ? b : a, so NaN survives
    while (c < end) {
      v128.store(c, f32x4.pmax(f32x4.add(v128.load(c), bias0), least));
      v128.store(c, f32x4.pmax(f32x4.add(v128.load(c, 16), bias1), least), 16);
      c += cRow;
    }
    return;
  }
  const bytes = (<usize>width) << 2;
  const k = f32x4.splat(slope);
  if (activation == 3) loadExp();
  else if (activation == 4) loadSigmoid();
  else if (activation == 5) loadTanh();
  while (c < end) {
    storeRow(c, apply(f32x4.add(v128.load(c), bias0), activation, k), bytes);
    if (bytes > 16) storeRow(c + 16, apply(f32x4.add(v128.load(c, 16), bias1), activation, k), bytes - 16);
    c += cRow;
  }
}

function apply(v: v128, activation: i32, k: v128): v128 {
  const zero = f32x4.splat(0);
  if (activation == 0) return v;
  if (activation == 1) return f32x4.pmax(v, zero);
  if (activation == 2) return v128.bitselect(v, f32x4.mul(v, k), f32x4.gt(v, zero));
  if (activation == 3) return v128.bitselect(v, f32x4.mul(k, expm1(v)), f32x4.gt(v, zero));
  return activation == 4 ? sigmoid(v) : tanh(v);
}
