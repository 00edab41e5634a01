// recurrent        z = [x_t · m | h_{t−1} · m'] [W; U] + b, one product for each step, whose chains go over the inputs, then over the state;
//                  h_t from z and the step before as the cell has it (recurrent_cells.ts)
// recurrent_grad   recurrent_grad.ts: the way back
//
// `cell`: 0 simple, 1 LSTM, 2 GRU, 3 GRU that resets before the product. x [rows, steps, inputs], kernel W [inputs, gates · units], recurrent
// U [units, gates · units], bias b [gates · units] or 0, of a GRU (2) [2, 3 units]. y is [rows, units], the last state, where `sequences` is 0,
// else [rows, steps, units]: every state, with 2 zeros at masked steps. With `backwards` the steps of x are taken from the last to the first.
// mask [rows, steps] or 0: the state of a step that has a 0 there is the one before it.
//
// m and m' are dropout's factors, one for all steps of a row: for each gate its own where recurrentRate > 0, else one for the inputs
// (recurrent_masks.ts). `first` is the number of the first row.
//
// `saved` is what the way back needs: for each block of rows and each step the cell's planes [rows, wide]; 0 where there is no way back.
// `scratch` and `block` are those of `recurrentPlan` (src/graph/recurrent.ts).
import { gruReset } from "./gru_cells";
import { carriedFrom, forwardCells, GRU, GRU_BEFORE, gatesOf, productsOf, savesOf } from "./recurrent_cells";
import { drawMasks, maskSets, multiply } from "./recurrent_masks";
import { packStep, packWeights } from "./recurrent_pack";
import { product } from "./recurrent_product";
import { clear, copyRows, isReal, pad, rowOf, spreadBias } from "./recurrent_rows";

export function recurrent_f32(
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
  cell: i32,
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
  const gates = gatesOf(cell);
  const products = productsOf(cell);
  const saves = savesOf(cell);
  const wide = pad(units);
  const depth = inputs + units;
  const sets = maskSets(rate, recurrentRate, gates);
  const line = (<usize>rowOf(inputs, units)) << 2;
  const hLine = (<usize>wide) << 2;
  const unitBytes = (<usize>units) << 2;
  const inputBytes = (<usize>inputs) << 2;
  const xLine = <usize>steps * inputBytes;
  const most = <usize>block * hLine;
  const packed = (<usize>(block * depth)) << 2;

  const weights = scratch;
  const biases = weights + ((<usize>(gates * wide * depth)) << 2);
  const z = biases + <usize>products * most;
  const zeros = z + <usize>products * most;
  const states = zeros + <usize>saves * most;
  const a = states + <usize>saves * most;
  const dropped = a + packed + 64;
  const factors = dropped + packed + 64;
  const masks = factors + <usize>sets * packed + 64;

  packWeights(weights, kernel, recurrent, inputs, units, gates);
  clear(zeros, <usize>saves * most);
  const panels = wide >> 3;
  const gateWeights = (<usize>(wide * depth)) << 2;

  for (let start = 0; start < rows; start += block) {
    const count = min(block, rows - start);
    const plane = <usize>count * hLine;
    const factor = (<usize>(count * depth)) << 2;
    spreadBias(biases, bias, units, cell == GRU, gates, count);
    if (sets > 0) {
      drawMasks(masks, sets, first + start, count, inputs, units, rate, recurrentRate, stream, rng);
      for (let set = 0; set < sets; set++) {
        const from = masks + <usize>(set * count) * line;
        packStep(factors + <usize>set * factor, from, line, inputs, from + ((<usize>pad(inputs)) << 2), line, units, count);
      }
    }
    let now = saved == 0 ? states : saved + <usize>(start * steps * saves) * hLine;
    const next: usize = saved == 0 ? 0 : <usize>saves * plane;
    let before = zeros;
    for (let step = 0; step < steps; step++) {
      const t = backwards ? steps - 1 - step : step;
      const xNow = x + <usize>start * xLine + <usize>t * inputBytes;
      packStep(a, xNow, xLine, inputs, before + <usize>(saves - 1) * plane, hLine, units, count);
      for (let p = 0; p < products; p++) {
        const g = min(p, gates - 1);
        if (cell == GRU_BEFORE && p == 2) {
          gruReset(now, before, plane, z, biases, recurrentActivation, recurrentSlope);
          packStep(a, xNow, xLine, inputs, now + 3 * plane, hLine, units, count);
          if (sets == 1) multiply(dropped, a, factors, factor);
        }
        if (sets > g && p == g) multiply(dropped, a, factors + <usize>g * factor, factor);
        const from = cell == GRU && p == 3 ? inputs : 0;
        const k = cell == GRU && p == 2 ? inputs : depth - from;
        const to = z + <usize>p * plane;
        product(to, hLine, sets > 0 ? dropped : a, depth, from, weights + <usize>g * gateWeights, depth, from, k, count, panels, true);
      }
      if (mask == 0) {
        forwardCells(cell, now, before, plane, z, biases, 0, plane, activation, slope, recurrentActivation, recurrentSlope);
      } else {
        for (let r = 0; r < count; r++) {
          const at = <usize>r * hLine;
          if (isReal(mask, start + r, steps, t)) {
            forwardCells(cell, now, before, plane, z, biases, at, hLine, activation, slope, recurrentActivation, recurrentSlope);
          } else {
            const carried = <usize>carriedFrom(cell) * plane + at;
            copyRows(now + carried, plane, before + carried, plane, hLine, saves - carriedFrom(cell));
          }
        }
      }
      before = now;
      const h = now + <usize>(saves - 1) * plane;
      if (sequences != 0) copyRows(y + <usize>(start * steps + step) * unitBytes, <usize>steps * unitBytes, h, hLine, unitBytes, count);
      if (sequences == 2 && mask != 0) {
        for (let r = start; r < start + count; r++) {
          if (!isReal(mask, r, steps, t)) clear(y + <usize>(r * steps + step) * unitBytes, unitBytes);
        }
      }
      now += next;
    }
    if (sequences == 0) copyRows(y + <usize>start * unitBytes, unitBytes, before + <usize>(saves - 1) * plane, hLine, unitBytes, count);
  }
}
