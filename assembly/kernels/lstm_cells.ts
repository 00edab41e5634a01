// i, f, o = ract(z_i), ract(z_f), ract(z_o)    g = act(z_c)    c = f c' + i g    h = o act(c)
// Planes saved: i, f, g, o, c, h.
import { flush, tinyFirst } from "../lanes/flush";
import { madd } from "../lanes/madd";
import { loadTanh, tanh } from "../lanes/tanh";
import { activate, apply, loadActivation, loadOne, slopeAt } from "./activate";

export function lstmForward(
  now: usize,
  before: usize,
  plane: usize,
  z: usize,
  biases: usize,
  bytes: usize,
  activation: i32,
  slope: f32,
  recurrentActivation: i32,
  recurrentSlope: f32,
): void {
  const i = now;
  const f = i + plane;
  const g = f + plane;
  const o = g + plane;
  const to = o + plane;
  const state = to + plane;
  const c = before + 4 * plane;
  activate(i, z, biases, bytes, recurrentActivation, recurrentSlope);
  activate(f, z + plane, biases + plane, bytes, recurrentActivation, recurrentSlope);
  activate(g, z + 2 * plane, biases + 2 * plane, bytes, activation, slope);
  activate(o, z + 3 * plane, biases + 3 * plane, bytes, recurrentActivation, recurrentSlope);
  if (activation == 5) {
    const tiny = tinyFirst();
    loadTanh();
    for (let p: usize = 0; p < bytes; p += 16) {
      const now = carry(i + p, f + p, g + p, c + p, tiny);
      v128.store(to + p, now);
      v128.store(state + p, f32x4.mul(v128.load(o + p), tanh(now)));
    }
  } else {
    const tiny = tinyFirst();
    const k = f32x4.splat(slope);
    loadActivation(activation);
    for (let p: usize = 0; p < bytes; p += 16) {
      const now = carry(i + p, f + p, g + p, c + p, tiny);
      v128.store(to + p, now);
      v128.store(state + p, f32x4.mul(v128.load(o + p), apply(now, activation, k)));
    }
  }
}

/** i g + f c */
function carry(i: usize, f: usize, g: usize, c: usize, tiny: v128): v128 {
  return flush(madd(v128.load(i), v128.load(g), f32x4.mul(v128.load(f), v128.load(c))), tiny);
}

export function lstmBackward(
  dz: usize,
  gate: usize,
  now: usize,
  before: usize,
  plane: usize,
  dh: usize,
  dc: usize,
  bytes: usize,
  activation: i32,
  slope: f32,
  recurrentActivation: i32,
  recurrentSlope: f32,
): void {
  const tiny = tinyFirst();
  const one = loadOne();
  const k = f32x4.splat(slope);
  const kr = f32x4.splat(recurrentSlope);
  loadActivation(activation);
  loadActivation(recurrentActivation);
  const c = before + 4 * plane;
  const zero = f32x4.splat(0);
  for (let p: usize = 0; p < bytes; p += 16) {
    let from = now + p;
    const i = v128.load(from);
    from += plane;
    const f = v128.load(from);
    from += plane;
    const g = v128.load(from);
    from += plane;
    const o = v128.load(from);
    const y = apply(v128.load(from + plane), activation, k);
    const h = v128.load(dh + p);
    const d = madd(f32x4.mul(h, o), slopeAt(y, activation, k, one), v128.load(dc + p));
    v128.store(dc + p, flush(f32x4.mul(d, f), tiny));
    v128.store(dh + p, zero);
    let to = dz + p;
    v128.store(to, flush(f32x4.mul(f32x4.mul(d, g), slopeAt(i, recurrentActivation, kr, one)), tiny));
    to += gate;
    v128.store(to, flush(f32x4.mul(f32x4.mul(d, v128.load(c + p)), slopeAt(f, recurrentActivation, kr, one)), tiny));
    to += gate;
    v128.store(to, flush(f32x4.mul(f32x4.mul(d, i), slopeAt(g, activation, k, one)), tiny));
    to += gate;
    v128.store(to, flush(f32x4.mul(f32x4.mul(h, y), slopeAt(o, recurrentActivation, kr, one)), tiny));
  }
}
