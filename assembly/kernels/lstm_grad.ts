// lstm_grad: the way back through all steps of lstm.ts, whose header says what the arguments are. Gives dx, and the sums over each group of
// rows of the gradients of W, U and b.
import { flush, tinyFirst } from "../lanes/flush";
import { madd } from "../lanes/madd";
import { apply, loadActivation, loadOne, slopeAt } from "./activate";
import { drawMasks, maskSets, combine, multiply } from "./recurrent_masks";
import { packGates, packTransposed } from "./recurrent_pack";
import { product, productAcross } from "./recurrent_product";
import { addRow, clear, copyRows, isReal, pad, rowOf, sumRows } from "./recurrent_rows";

const GATES = 4;
const SAVES = 6;

export function lstm_grad_f32(
  dx: usize,
  partials: usize,
  dy: usize,
  saved: usize,
  x: usize,
  kernel: usize,
  recurrent: usize,
  mask: usize,
  rng: usize,
  scratch: usize,
  rows: i32,
  steps: i32,
  inputs: i32,
  units: i32,
  block: i32,
  group: i32,
  chunk: i32,
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
  const state = pad(inputs);
  const across = state + wide;
  const sets = maskSets(rate, recurrentRate, GATES);
  const line = (<usize>rowOf(inputs, units)) << 2;
  const stateAt = (<usize>state) << 2;
  const inputBytes = (<usize>inputs) << 2;
  const xLine = <usize>steps * inputBytes;
  const hLine = (<usize>wide) << 2;
  const unitBytes = (<usize>units) << 2;
  const most = <usize>block * hLine;
  const lines = <usize>(chunk * block) * line;

  const weights = scratch;
  const dz = weights + <usize>(GATES * across) * hLine;
  const xh = dz + <usize>(GATES * chunk) * most;
  const masks = xh + <usize>max(sets, 1) * lines;
  const plain = masks + <usize>(sets * block) * line;
  const a = plain + <usize>block * line;
  const out = a + <usize>GATES * most + 64;
  const dh = out + <usize>(max(sets, 1) * block) * line;
  const dc = dh + most;
  const zeros = dc + most;

  packTransposed(weights, kernel, recurrent, inputs, units, GATES);
  clear(xh, lines);
  clear(masks, a - masks);
  clear(zeros, most);
  const depth = GATES * wide;
  const skip: usize = dx == 0 ? stateAt : 0; // the inputs' part, where nobody wants its gradient
  const wanted = (across >> 3) - (<i32>skip >> 5);
  const weightsFrom = weights + skip * depth;
  const panels = wide >> 3;
  const partialBytes = <usize>((across + 1) * GATES) * hLine;

  for (let start = 0; start < rows; start += block) {
    const count = min(block, rows - start);
    const plane = <usize>count * hLine;
    const sheet = <usize>count * line;
    const gate = <usize>chunk * plane;
    const planes = <usize>SAVES * plane;
    const kept = saved + <usize>(start * steps) * SAVES * hLine;
    const partial = partials + <usize>(start / group) * partialBytes;
    let fresh = start % group == 0;
    if (sets > 0) drawMasks(masks, sets, first + start, count, inputs, units, rate, recurrentRate, stream, rng);
    clear(dh, plane);
    clear(dc, plane);
    for (let step = steps - 1; step >= 0; ) {
      const turns = min(chunk, step + 1);
      for (let turn = 0; turn < turns; turn++) {
        const t = backwards ? steps - 1 - step : step;
        const now = kept + <usize>step * planes;
        const c = step == 0 ? zeros : now - planes + 4 * plane;
        const h = step == 0 ? zeros : now - planes + 5 * plane;
        const d = dz + <usize>turn * plane;
        for (let r = 0; r < count; r++) {
          const real = isReal(mask, start + r, steps, t);
          if (sequences == 0 ? step == steps - 1 : sequences == 1 || real) {
            const from = sequences == 0 ? start + r : (start + r) * steps + step;
            addRow(dh + <usize>r * hLine, dy + <usize>from * unitBytes, unitBytes);
          }
        }
        if (mask == 0) {
          backwardCells(d, gate, now, plane, c, dh, dc, 0, plane, activation, slope, recurrentActivation, recurrentSlope);
        } else {
          for (let r = 0; r < count; r++) {
            const at = <usize>r * hLine;
            if (isReal(mask, start + r, steps, t))
              backwardCells(d, gate, now, plane, c, dh, dc, at, hLine, activation, slope, recurrentActivation, recurrentSlope);
            else for (let g = 0; g < GATES; g++) clear(d + <usize>g * gate + at, hLine);
          }
        }
        packGates(a, d, gate, hLine, GATES, wide, count);
        if (sets < 2) {
          product(out + skip, line, a, weightsFrom, count, wanted, depth, 0, depth, true);
          if (sets == 1) multiply(out, out, masks, sheet);
        } else {
          for (let g = 0; g < GATES; g++)
            product(out + skip + <usize>g * sheet, line, a, weightsFrom, count, wanted, depth, g * wide, (g + 1) * wide, true);
          combine(out, sheet, masks, sheet, sets, sheet);
        }
        const at = (<usize>((start * steps + t) * inputs)) << 2;
        if (dx != 0) copyRows(dx + at, xLine, out, line, inputBytes, count);
        if (mask == 0) {
          copyRows(dh, hLine, out + stateAt, line, hLine, count);
        } else {
          for (let r = 0; r < count; r++) {
            if (isReal(mask, start + r, steps, t)) copyRows(dh + <usize>r * hLine, hLine, out + <usize>r * line + stateAt, line, hLine, 1);
          }
        }
        if (partials != 0) {
          const to = xh + <usize>turn * sheet;
          const whole = sets == 0 ? to : plain;
          copyRows(whole, line, x + at, xLine, inputBytes, count);
          copyRows(whole + stateAt, line, h, hLine, hLine, count);
          for (let set = 0; set < sets; set++) multiply(to + <usize>set * lines, plain, masks + <usize>set * sheet, sheet);
        }
        step--;
      }
      if (partials != 0) {
        const k = turns * count;
        for (let g = 0; g < GATES; g++) {
          const from = sets > g ? xh + <usize>g * lines : xh;
          const to = partial + <usize>g * hLine;
          productAcross(to, <usize>GATES * hLine, from, line, dz + <usize>g * gate, hLine, across, panels, k, fresh);
          sumRows(to + <usize>(across * GATES) * hLine, dz + <usize>g * gate, hLine, k, fresh);
        }
        fresh = false;
      }
    }
  }
}

/** dz of `bytes` of every plane from `at` on, two vectors at a time; dc becomes that of the step before. */
function backwardCells(
  dz: usize,
  gate: usize,
  now: usize,
  plane: usize,
  c: usize,
  dh: usize,
  dc: usize,
  at: usize,
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
  for (let p = at; p < at + bytes; p += 32) {
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
