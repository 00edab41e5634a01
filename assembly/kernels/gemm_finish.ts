// c[i, j] = act(c[i, j] + bias[j]) over m rows of a strip of at most eight columns, just computed and still in the cache; bias may
// be 0. The activations are those of activate.ts.
import { storeRow } from "../lanes/edge";
import { apply, loadActivation } from "./activate";

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
  loadActivation(activation);
  while (c < end) {
    storeRow(c, apply(f32x4.add(v128.load(c), bias0), activation, k), bytes);
    if (bytes > 16) storeRow(c + 16, apply(f32x4.add(v128.load(c, 16), bias1), activation, k), bytes - 16);
    c += cRow;
  }
}
