// lstm        z = [x_t · m | h_{t−1} · m'] [W; U] + b, one product for each step, whose chains go over the inputs, then over the state
//             i, f, o = ract(z_i), ract(z_f), ract(z_o)    g = act(z_c)    c_t = f c_{t−1} + i g    h_t = o act(c_t)
// lstm_grad   the way back through all steps: dx, and the sums over each group of rows of the gradients of W, U and b
//
// x [rows, steps, inputs], kernel W [inputs, 4 units], recurrent U [units, 4 units], bias b [4 units] or 0; gates i, f, c, o. y is
// [rows, units], the last state, where `sequences` is 0, else [rows, steps, units]: every state, with 2 zeros at masked steps. With
// `backwards` the steps of x are taken from the last to the first. mask [rows, steps] or 0: the state of a step that has a 0 there is the
// one before it.
//
// m and m' are dropout's factors, one for all steps of a row: for each gate its own where recurrentRate > 0, else one for the inputs
// (recurrent_masks.ts). `first` is the number of the first row.
//
// `saved` is what the way back needs, for each block of rows and each step planes [rows, wide] of i, f, g, o, c and h; 0 where there is no
// way back. partials[group] is [wide inputs + wide units + 1, 4 wide], the last line the bias's. `scratch`, `block`, `group` and `chunk`
// are those of `recurrentPlan` (src/graph/recurrent.ts).
import { flush, tinyFirst } from "../lanes/flush";
import { madd } from "../lanes/madd";
import { loadTanh, tanh } from "../lanes/tanh";
import { activate, apply, loadActivation } from "./activate";
import { drawMasks, maskSets, multiply } from "./recurrent_masks";
import { packStep, packWeights } from "./recurrent_pack";
import { product } from "./recurrent_product";
import { clear, copyRow, isReal, pad, rowOf, spreadBias } from "./recurrent_rows";

const GATES = 4;
const SAVES = 6;

export function lstm_f32(
  y: usize,
  saved: usize,
  x: usize,
  kernel: usize,
  recurrent: usize,
  bias: usize,
  mask: usize,
  rng: usize,
  scratch: usize,
  rows: i32,
  steps: i32,
  inputs: i32,
  units: i32,
  block: i32,
  sequences: i32,
  backwards: i32,
  activation: i32,
  slope: f32,
  recurrentActivation: i32,
  recurrentSlope: f32,
  rate: f32,
  recurrentRate: f32,
  stream: u32,
  first: i32,
): void {
  const wide = pad(units);
  const depth = inputs + units;
  const sets = maskSets(rate, recurrentRate, GATES);
  const line = (<usize>rowOf(inputs, units)) << 2;
  const hLine = (<usize>wide) << 2;
  const xLine = (<usize>(steps * inputs)) << 2;
  const most = <usize>block * hLine;
  const packed = (<usize>(block * depth)) << 2;

  const weights = scratch;
  const biases = weights + ((<usize>(GATES * wide * depth)) << 2);
  const z = biases + <usize>GATES * most;
  const zeros = z + <usize>GATES * most;
  const states = zeros + most;
  const a = states + <usize>SAVES * most;
  const dropped = a + packed + 64;
  const factors = dropped + packed + 64;
  const masks = factors + <usize>sets * packed + 64;

  packWeights(weights, kernel, recurrent, inputs, units, GATES);
  clear(zeros, most);
  const panels = wide >> 3;
  const gateWeights = (<usize>(wide * depth)) << 2;

  for (let start = 0; start < rows; start += block) {
    const count = min(block, rows - start);
    const plane = <usize>count * hLine;
    spreadBias(biases, bias, units, GATES, count);
    if (sets > 0) {
      drawMasks(masks, sets, first + start, count, inputs, units, rate, recurrentRate, stream, rng);
      for (let set = 0; set < sets; set++) {
        const from = masks + <usize>(set * count) * line;
        packStep(factors + <usize>(set * count * depth) * 4, from, line, inputs, from + ((<usize>pad(inputs)) << 2), line, units, count);
      }
    }
    let now = saved == 0 ? states : saved + <usize>(start * steps) * SAVES * hLine;
    const next: usize = saved == 0 ? 0 : <usize>SAVES * plane;
    let c = zeros;
    let h = zeros;
    for (let step = 0; step < steps; step++) {
      const t = backwards ? steps - 1 - step : step;
      packStep(a, x + <usize>start * xLine + ((<usize>(t * inputs)) << 2), xLine, inputs, h, hLine, units, count);
      for (let g = 0; g < GATES; g++) {
        if (sets > g) multiply(dropped, a, factors + ((<usize>(g * count * depth)) << 2), (<usize>(count * depth)) << 2);
        product(
          z + <usize>g * plane,
          hLine,
          sets > 0 ? dropped : a,
          weights + <usize>g * gateWeights,
          count,
          panels,
          depth,
          0,
          depth,
          true,
        );
      }
      if (mask == 0) {
        forwardCells(now, plane, c, z, biases, 0, plane, activation, slope, recurrentActivation, recurrentSlope);
      } else {
        for (let r = 0; r < count; r++) {
          const at = <usize>r * hLine;
          if (isReal(mask, start + r, steps, t)) {
            forwardCells(now, plane, c, z, biases, at, hLine, activation, slope, recurrentActivation, recurrentSlope);
          } else {
            copyRow(now + 4 * plane + at, c + at, hLine);
            copyRow(now + 5 * plane + at, h + at, hLine);
          }
        }
      }
      c = now + 4 * plane;
      h = now + 5 * plane;
      if (sequences != 0) {
        for (let r = 0; r < count; r++) {
          const to = y + ((<usize>(((start + r) * steps + step) * units)) << 2);
          const from = sequences == 2 && !isReal(mask, start + r, steps, t) ? zeros : h + <usize>r * hLine;
          copyRow(to, from, (<usize>units) << 2);
        }
      }
      now += next;
    }
    if (sequences == 0) {
      for (let r = 0; r < count; r++) copyRow(y + ((<usize>((start + r) * units)) << 2), h + <usize>r * hLine, (<usize>units) << 2);
    }
  }
}

/** `bytes` of every plane from `at` on. */
function forwardCells(
  now: usize,
  plane: usize,
  c: usize,
  z: usize,
  biases: usize,
  at: usize,
  bytes: usize,
  activation: i32,
  slope: f32,
  recurrentActivation: i32,
  recurrentSlope: f32,
): void {
  const i = now + at;
  const f = i + plane;
  const g = f + plane;
  const o = g + plane;
  const to = o + plane;
  z += at;
  biases += at;
  activate(i, z, biases, bytes, recurrentActivation, recurrentSlope);
  activate(f, z + plane, biases + plane, bytes, recurrentActivation, recurrentSlope);
  activate(g, z + 2 * plane, biases + 2 * plane, bytes, activation, slope);
  activate(o, z + 3 * plane, biases + 3 * plane, bytes, recurrentActivation, recurrentSlope);
  const before = c + at;
  const state = to + plane;
  if (activation == 5) {
    const tiny = tinyFirst();
    loadTanh();
    for (let p: usize = 0; p < bytes; p += 32) {
      const c0 = carry(i + p, f + p, g + p, before + p, tiny);
      const c1 = carry(i + p + 16, f + p + 16, g + p + 16, before + p + 16, tiny);
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
      const now = carry(i + p, f + p, g + p, before + p, tiny);
      v128.store(to + p, now);
      v128.store(state + p, f32x4.mul(v128.load(o + p), apply(now, activation, k)));
    }
  }
}

/** i g + f c */
function carry(i: usize, f: usize, g: usize, c: usize, tiny: v128): v128 {
  return flush(madd(v128.load(i), v128.load(g), f32x4.mul(v128.load(f), v128.load(c))), tiny);
}
