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
    for (let p: usize = 0; p < bytes; p += 32) {
      const c0 = carry(i + p, f + p, g + p, c + p, tiny);
      const c1 = carry(i + p + 16, f + p + 16, g + p + 16, c + p + 16, tiny);
      v128.store(to + p, c0);
      v128.store(to + p, c1, 16);
      v128.store(state + p, f32x4.mul(v128.load(o + p), tanh(c0)));
      v128.store(state + p, f32x4.mul(v128.load(o + p, 16), tanh(c1)), 16);
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
  for (let p: usize = 0; p < bytes; p += 32) {
    const iAt = now + p;
    const fAt = iAt + plane;
    const gAt = fAt + plane;
    const oAt = gAt + plane;
    const i0 = v128.load(iAt);
    const i1 = v128.load(iAt, 16);
    const f0 = v128.load(fAt);
    const f1 = v128.load(fAt, 16);
    const g0 = v128.load(gAt);
    const g1 = v128.load(gAt, 16);
    const o0 = v128.load(oAt);
    const o1 = v128.load(oAt, 16);
    const y0 = apply(v128.load(oAt + plane), activation, k);
    const y1 = apply(v128.load(oAt + plane, 16), activation, k);
    const h0 = v128.load(dh + p);
    const h1 = v128.load(dh + p, 16);
    const d0 = madd(f32x4.mul(h0, o0), slopeAt(y0, activation, k, one), v128.load(dc + p));
    const d1 = madd(f32x4.mul(h1, o1), slopeAt(y1, activation, k, one), v128.load(dc + p, 16));
    v128.store(dc + p, flush(f32x4.mul(d0, f0), tiny));
    v128.store(dc + p, flush(f32x4.mul(d1, f1), tiny), 16);
    v128.store(dh + p, zero);
    v128.store(dh + p, zero, 16);
    const di = dz + p;
    v128.store(di, flush(f32x4.mul(f32x4.mul(d0, g0), slopeAt(i0, recurrentActivation, kr, one)), tiny));
    v128.store(di, flush(f32x4.mul(f32x4.mul(d1, g1), slopeAt(i1, recurrentActivation, kr, one)), tiny), 16);
    const df = di + gate;
    v128.store(df, flush(f32x4.mul(f32x4.mul(d0, v128.load(c + p)), slopeAt(f0, recurrentActivation, kr, one)), tiny));
    v128.store(df, flush(f32x4.mul(f32x4.mul(d1, v128.load(c + p, 16)), slopeAt(f1, recurrentActivation, kr, one)), tiny), 16);
    const dg = df + gate;
    v128.store(dg, flush(f32x4.mul(f32x4.mul(d0, i0), slopeAt(g0, activation, k, one)), tiny));
    v128.store(dg, flush(f32x4.mul(f32x4.mul(d1, i1), slopeAt(g1, activation, k, one)), tiny), 16);
    const d = dg + gate;
    v128.store(d, flush(f32x4.mul(f32x4.mul(h0, y0), slopeAt(o0, recurrentActivation, kr, one)), tiny));
    v128.store(d, flush(f32x4.mul(f32x4.mul(h1, y1), slopeAt(o1, recurrentActivation, kr, one)), tiny), 16);
  }
}
