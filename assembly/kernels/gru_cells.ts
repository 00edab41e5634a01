// z, r = ract(z_z), ract(z_r)    h = n + z (h' - n)
// reset after the product    n = act(z_x + r q)    q = z_h: the product of the state, whose bias it has
// reset before it            n = act(z_n)          q = r h', which `gruReset` makes, and which takes the state's place in that product
// Planes saved: z, r, n, q, h.
import { flush, tinyFirst } from "../lanes/flush";
import { madd } from "../lanes/madd";
import { activate, loadActivation, loadOne, slopeAt } from "./activate";

/** z, r and r h', for a product that needs them. */
export function gruReset(
  now: usize,
  before: usize,
  plane: usize,
  z: usize,
  biases: usize,
  recurrentActivation: i32,
  recurrentSlope: f32,
): void {
  activate(now, z, biases, plane, recurrentActivation, recurrentSlope);
  activate(now + plane, z + plane, biases + plane, plane, recurrentActivation, recurrentSlope);
  const r = now + plane;
  const h = before + 4 * plane;
  const q = r + 2 * plane;
  for (let p: usize = 0; p < plane; p += 16) v128.store(q + p, f32x4.mul(v128.load(r + p), v128.load(h + p)));
}

export function gruForward(
  after: bool,
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
  const r = now + plane;
  const n = r + plane;
  const q = n + plane;
  const to = q + plane;
  const h = before + 4 * plane;
  z += 2 * plane;
  biases += 2 * plane;
  if (after) {
    activate(now, z - 2 * plane, biases - 2 * plane, bytes, recurrentActivation, recurrentSlope);
    activate(r, z - plane, biases - plane, bytes, recurrentActivation, recurrentSlope);
    const product = z + plane;
    const bias = biases + plane;
    for (let p: usize = 0; p < bytes; p += 32) {
      const q0 = f32x4.add(v128.load(product + p), v128.load(bias + p));
      const q1 = f32x4.add(v128.load(product + p, 16), v128.load(bias + p, 16));
      v128.store(q + p, q0);
      v128.store(q + p, q1, 16);
      v128.store(n + p, madd(v128.load(r + p), q0, v128.load(z + p)));
      v128.store(n + p, madd(v128.load(r + p, 16), q1, v128.load(z + p, 16)), 16);
    }
    z = n;
  }
  activate(n, z, biases, bytes, activation, slope);
  const tiny = tinyFirst();
  for (let p: usize = 0; p < bytes; p += 32) {
    const n0 = v128.load(n + p);
    const n1 = v128.load(n + p, 16);
    const h0 = madd(v128.load(now + p), f32x4.sub(v128.load(h + p), n0), n0);
    const h1 = madd(v128.load(now + p, 16), f32x4.sub(v128.load(h + p, 16), n1), n1);
    v128.store(to + p, flush(h0, tiny));
    v128.store(to + p, flush(h1, tiny), 16);
  }
}

/** Planes of dz: z, r, n and, where the reset comes after the product, q. Where it comes before, r is left to `gruResetBackward`. */
export function gruBackward(
  after: bool,
  dz: usize,
  gate: usize,
  now: usize,
  before: usize,
  plane: usize,
  dh: usize,
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
  const h = before + 4 * plane;
  for (let p: usize = 0; p < bytes; p += 16) {
    const from = now + p;
    const z = v128.load(from);
    const r = v128.load(from + plane);
    const n = v128.load(from + 2 * plane);
    const d = v128.load(dh + p);
    const dn = f32x4.mul(f32x4.mul(d, f32x4.sub(one, z)), slopeAt(n, activation, k, one));
    const to = dz + p;
    v128.store(dh + p, flush(f32x4.mul(d, z), tiny));
    const du = f32x4.mul(d, f32x4.sub(v128.load(h + p), n));
    v128.store(to, flush(f32x4.mul(du, slopeAt(z, recurrentActivation, kr, one)), tiny));
    v128.store(to + 2 * gate, flush(dn, tiny));
    if (after) {
      const dr = f32x4.mul(dn, v128.load(from + 3 * plane));
      v128.store(to + gate, flush(f32x4.mul(dr, slopeAt(r, recurrentActivation, kr, one)), tiny));
      v128.store(to + 3 * gate, flush(f32x4.mul(dn, r), tiny));
    }
  }
}

/** From dq, the gradient of r h', in a row: dr's plane, and what dq adds to dh. dq is then 0. */
export function gruResetBackward(
  dr: usize,
  dq: usize,
  mask: usize,
  now: usize,
  before: usize,
  plane: usize,
  dh: usize,
  bytes: usize,
  recurrentActivation: i32,
  recurrentSlope: f32,
): void {
  const tiny = tinyFirst();
  const one = loadOne();
  const kr = f32x4.splat(recurrentSlope);
  loadActivation(recurrentActivation);
  const h = before + 4 * plane;
  for (let p: usize = 0; p < bytes; p += 16) {
    let d = v128.load(dq + p);
    if (mask != 0) d = f32x4.mul(d, v128.load(mask + p));
    const r = v128.load(now + plane + p);
    const slope = slopeAt(r, recurrentActivation, kr, one);
    v128.store(dr + p, flush(f32x4.mul(f32x4.mul(d, v128.load(h + p)), slope), tiny));
    v128.store(dh + p, madd(d, r, v128.load(dh + p)));
    v128.store(dq + p, f32x4.splat(0));
  }
}
