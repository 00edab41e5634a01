// lstm_grad: the way back through all steps of lstm.ts, whose header says what the arguments are. Gives dx, and the sums over each group of
// rows of the gradients of W, U and b.
import { flush, tinyFirst } from "../lanes/flush";
import { madd } from "../lanes/madd";
import { apply, loadActivation, loadOne, slopeAt } from "./activate";
import { drawMasks, maskSets, combine, multiply } from "./recurrent_masks";
import { packGates, packTransposed } from "./recurrent_pack";
import { product, productAcross } from "./recurrent_product";
import { addRow, clear, copyRow, isReal, pad, rowOf, sumRows } from "./recurrent_rows";

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
  const acrossLine = (<usize>across) << 2;
  const hLine = (<usize>wide) << 2;
  const unitBytes = (<usize>units) << 2;
  const most = <usize>block * hLine;
  const lines = <usize>(chunk * block) * line;

  const weights = scratch;
  const dz = weights + <usize>(GATES * across) * hLine;
  const xh = dz + <usize>(GATES * chunk) * most;
  const masks = xh + <usize>max(sets, 1) * lines;
  const plain = masks + <usize>(sets * block) * line;
  const a = plain + line;
  const out = a + <usize>GATES * most + 64;
  const dh = out + <usize>(max(sets, 1) * block) * acrossLine;
  const dc = dh + most;
  const zeros = dc + most;

  packTransposed(weights, kernel, recurrent, inputs, units, GATES);
  clear(xh, lines);
  clear(plain, line);
  clear(zeros, most);
  const depth = GATES * wide;
  const skipped = dx == 0 ? state >> 3 : 0; // panels of the inputs, whose gradient nobody wants
  const panels = wide >> 3;
  const partialBytes = <usize>((across + 1) * GATES) * hLine;

  for (let start = 0; start < rows; start += block) {
    const count = min(block, rows - start);
    const plane = <usize>count * hLine;
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
        const from = weights + <usize>(skipped * depth) * 32;
        const most = (across >> 3) - skipped;
        const left = out + ((<usize>skipped) << 5);
        if (sets < 2) {
          product(left, acrossLine, a, from, count, most, depth, 0, depth, true);
        } else {
          for (let g = 0; g < GATES; g++)
            product(left + <usize>(g * count) * acrossLine, acrossLine, a, from, count, most, depth, g * wide, (g + 1) * wide, true);
        }
        for (let r = 0; r < count; r++) {
          const row = out + <usize>r * acrossLine;
          if (sets > 0) combine(row, <usize>count * acrossLine, masks + <usize>r * line, <usize>count * line, sets, acrossLine);
          const at = <usize>((start + r) * steps + t);
          if (dx != 0) copyRow(dx + at * inputs * 4, row, (<usize>inputs) << 2);
          if (isReal(mask, start + r, steps, t)) copyRow(dh + <usize>r * hLine, row + ((<usize>state) << 2), hLine);
          if (partials != 0) {
            const to = xh + <usize>(turn * count + r) * line;
            const whole = sets == 0 ? to : plain;
            copyRow(whole, x + at * inputs * 4, (<usize>inputs) << 2);
            copyRow(whole + ((<usize>state) << 2), h + <usize>r * hLine, hLine);
            for (let set = 0; set < sets; set++)
              multiply(to + <usize>set * lines, plain, masks + <usize>(set * count + r) * line, acrossLine);
          }
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

/** dz of `bytes` of every plane from `at` on; dc becomes that of the step before. */
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
  const end = at + bytes;
  for (let p = at; p < end; p += 16) {
    let q = now + p;
    const i = v128.load(q);
    q += plane;
    const f = v128.load(q);
    q += plane;
    const g = v128.load(q);
    q += plane;
    const o = v128.load(q);
    q += plane;
    const y = apply(v128.load(q), activation, k);
    const given = v128.load(dh + p);
    const d = madd(f32x4.mul(given, o), slopeAt(y, activation, k, one), v128.load(dc + p));
    v128.store(dc + p, flush(f32x4.mul(d, f), tiny));
    q = dz + p;
    v128.store(q, flush(f32x4.mul(f32x4.mul(d, g), slopeAt(i, recurrentActivation, kr, one)), tiny));
    q += gate;
    v128.store(q, flush(f32x4.mul(f32x4.mul(d, v128.load(c + p)), slopeAt(f, recurrentActivation, kr, one)), tiny));
    q += gate;
    v128.store(q, flush(f32x4.mul(f32x4.mul(d, i), slopeAt(g, activation, k, one)), tiny));
    q += gate;
    v128.store(q, flush(f32x4.mul(f32x4.mul(given, y), slopeAt(o, recurrentActivation, kr, one)), tiny));
  }
}
