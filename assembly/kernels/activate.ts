// The activations whose gradient needs the output only, by their codes: 0 none, 1 relu, 2 leaky relu (parameter: slope), 3 elu (alpha),
// 4 sigmoid, 5 tanh, 6 hard sigmoid: the very functions of the kernels of those names.
//
// activate   y[i] = act(x[i] + bias[i])     slopeAt   act'(x) where the output is y
// Buffers are whole vectors. y may be x. They are taken one at a time here and in the cells: V8 gives up (it aborts) where it should join two
// whose arithmetic reads a global, as that of the lane functions does.
import { expm1, loadExp } from "../lanes/exp";
import { hardSigmoid, hardSigmoidSlope, loadHardSigmoid } from "../lanes/hardSigmoid";
import { nmadd } from "../lanes/madd";
import { loadSigmoid, sigmoid } from "../lanes/sigmoid";
import { loadTanh, tanh } from "../lanes/tanh";

const TABLE = memory.data<f32>([1]);

/** For `slopeAt`, to be loaded ahead of a loop. */
export function loadOne(): v128 {
  return v128.load32_splat(TABLE);
}

/** Ahead of a loop that calls `apply`. */
export function loadActivation(code: i32): void {
  if (code == 3) loadExp();
  else if (code == 4) loadSigmoid();
  else if (code == 5) loadTanh();
  else if (code == 6) loadHardSigmoid();
}

export function apply(v: v128, code: i32, k: v128): v128 {
  const zero = f32x4.splat(0);
  if (code == 0) return v;
  if (code == 1) return f32x4.pmax(v, zero);
  if (code == 2) return v128.bitselect(v, f32x4.mul(v, k), f32x4.gt(v, zero));
  if (code == 3) return v128.bitselect(v, f32x4.mul(k, expm1(v)), f32x4.gt(v, zero));
  if (code == 6) return hardSigmoid(v);
  return code == 4 ? sigmoid(v) : tanh(v);
}

export function activate(y: usize, x: usize, bias: usize, bytes: usize, code: i32, parameter: f32): void {
  if (code == 4) sigmoids(y, x, bias, bytes);
  else if (code == 5) tanhs(y, x, bias, bytes);
  else others(y, x, bias, bytes, code, f32x4.splat(parameter));
}

function sigmoids(y: usize, x: usize, bias: usize, bytes: usize): void {
  loadSigmoid();
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, sigmoid(f32x4.add(v128.load(x + i), v128.load(bias + i))));
}

function tanhs(y: usize, x: usize, bias: usize, bytes: usize): void {
  loadTanh();
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, tanh(f32x4.add(v128.load(x + i), v128.load(bias + i))));
}

function others(y: usize, x: usize, bias: usize, bytes: usize, code: i32, k: v128): void {
  loadActivation(code);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, apply(f32x4.add(v128.load(x + i), v128.load(bias + i)), code, k));
}

export function slopeAt(y: v128, code: i32, k: v128, one: v128): v128 {
  if (code == 4) return nmadd(y, y, y);
  if (code == 5) return nmadd(y, y, one);
  if (code == 0) return one;
  if (code == 6) return hardSigmoidSlope(y);
  const positive = f32x4.gt(y, f32x4.splat(0));
  if (code == 1) return v128.and(one, positive);
  return v128.bitselect(one, code == 2 ? k : f32x4.add(y, k), positive);
}
