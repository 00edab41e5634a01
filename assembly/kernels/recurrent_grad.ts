// recurrent_grad: the way back through all steps of recurrent.ts, whose header says what the arguments are. Gives dx, unless it is 0, and, unless
// `partials` is 0, the sums over each group of rows of the gradients of W, U and b: partials[group] is [inputs + units + 1, products · wide],
// inputs and units rounded up to multiples of eight, the last line the bias's. `chunk` steps at a time wait for their part of the weights'
// gradient; it and `group` are those of `recurrentPlan` (src/graph/recurrent.ts).
import { gruResetBackward } from "./gru_cells";
import { backwardCells, GRU, GRU_BEFORE, gatesOf, productsOf, savesOf } from "./recurrent_cells";
import { combine, drawMasks, maskSets, multiply } from "./recurrent_masks";
import { packGates, packTransposed } from "./recurrent_pack";
import { product, productAcross } from "./recurrent_product";
import { addRows, clear, copyRows, isReal, pad, rowOf, sumRows } from "./recurrent_rows";

export function recurrent_grad_f32(
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
  cell: i32,
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
  const gates = gatesOf(cell);
  const products = productsOf(cell);
  const saves = savesOf(cell);
  const wide = pad(units);
  const state = pad(inputs);
  const across = state + wide;
  const sets = maskSets(rate, recurrentRate, gates);
  // Of what the reset gate passes on there is a sheet of its own, unless the last gate has one anyway.
  const sheets = cell == GRU_BEFORE && sets < 2 ? 2 : max(sets, 1);
  const line = (<usize>rowOf(inputs, units)) << 2;
  const stateAt = (<usize>state) << 2;
  const hLine = (<usize>wide) << 2;
  const unitBytes = (<usize>units) << 2;
  const inputBytes = (<usize>inputs) << 2;
  const xLine = <usize>steps * inputBytes;
  const most = <usize>block * hLine;
  const lines = <usize>(chunk * block) * line;

  const weights = scratch;
  const dz = weights + <usize>(gates * across) * hLine;
  const xh = dz + <usize>(products * chunk) * most;
  const masks = xh + <usize>sheets * lines;
  const plain = masks + <usize>(sets * block) * line;
  const a = plain + <usize>block * line;
  const out = a + <usize>products * most + 64;
  const dh = out + <usize>(max(sets, 1) * block) * line;
  const dc = dh + most;
  const zeros = dc + most;

  packTransposed(weights, kernel, recurrent, inputs, units, gates);
  clear(xh, a - xh);
  clear(zeros, <usize>saves * most);
  const depth = gates * wide;
  const aDepth = products * wide;
  const skip: usize = dx == 0 ? stateAt : 0; // the inputs' part, where nobody wants its gradient
  const wanted = (across >> 3) - (<i32>skip >> 5);
  const weightsFrom = weights + skip * depth;
  const stateWeights = weights + stateAt * depth;
  const partialBytes = <usize>(across + 1) * <usize>products * hLine;

  for (let start = 0; start < rows; start += block) {
    const count = min(block, rows - start);
    const plane = <usize>count * hLine;
    const sheet = <usize>count * line;
    const gate = <usize>chunk * plane;
    const planes = <usize>saves * plane;
    const kept = saved + <usize>(start * steps * saves) * hLine;
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
        const before = step == 0 ? zeros : now - planes;
        const d = dz + <usize>turn * plane;
        if (sequences == 0 ? step == steps - 1 : sequences == 1 || mask == 0) {
          const from = sequences == 0 ? start : start * steps + step;
          addRows(dh, hLine, dy + <usize>from * unitBytes, sequences == 0 ? unitBytes : <usize>steps * unitBytes, unitBytes, count);
        }
        if (mask == 0) {
          backwardCells(cell, d, gate, now, before, plane, dh, dc, 0, plane, activation, slope, recurrentActivation, recurrentSlope);
        } else {
          for (let r = 0; r < count; r++) {
            const at = <usize>r * hLine;
            if (isReal(mask, start + r, steps, t)) {
              if (sequences == 2) addRows(dh + at, hLine, dy + <usize>((start + r) * steps + step) * unitBytes, 0, unitBytes, 1);
              backwardCells(cell, d, gate, now, before, plane, dh, dc, at, hLine, activation, slope, recurrentActivation, recurrentSlope);
            } else {
              for (let p = 0; p < products; p++) clear(d + <usize>p * gate + at, hLine);
            }
          }
        }
        const last = sets > 1 ? out + <usize>(gates - 1) * sheet : out;
        if (cell == GRU_BEFORE) {
          packGates(a, d, gate, hLine, products, wide, count);
          product(last + skip, line, a, aDepth, 2 * wide, weightsFrom, depth, 2 * wide, wide, count, wanted, true);
          for (let r = 0; r < count; r++) {
            if (!isReal(mask, start + r, steps, t)) continue;
            const at = <usize>r * hLine;
            const row = <usize>r * line + stateAt;
            const factors = sets > 1 ? masks + 2 * sheet + row : 0;
            gruResetBackward(
              d + gate + at,
              last + row,
              factors,
              now + at,
              before + at,
              plane,
              dh + at,
              hLine,
              recurrentActivation,
              recurrentSlope,
            );
          }
        }
        packGates(a, d, gate, hLine, products, wide, count);
        const own = cell < GRU ? gates : 2; // gates whose gradient goes to inputs and state alike
        if (sets < 2) {
          product(out + skip, line, a, aDepth, 0, weightsFrom, depth, 0, own * wide, count, wanted, cell != GRU_BEFORE);
        } else {
          for (let g = 0; g < own; g++) {
            const to = out + <usize>g * sheet + skip;
            product(to, line, a, aDepth, g * wide, weightsFrom, depth, g * wide, wide, count, wanted, true);
          }
        }
        if (cell == GRU) {
          if (dx != 0) product(last, line, a, aDepth, 2 * wide, weights, depth, 2 * wide, wide, count, state >> 3, sets > 1);
          product(last + stateAt, line, a, aDepth, 3 * wide, stateWeights, depth, 2 * wide, wide, count, wide >> 3, sets > 1);
        }
        if (sets == 1) multiply(out, out, masks, sheet);
        else if (sets > 1) combine(out, sheet, masks, sheet, sets, sheet);
        const at = (<usize>((start * steps + t) * inputs)) << 2;
        if (dx != 0) copyRows(dx + at, xLine, out, line, inputBytes, count);
        addRows(dh, hLine, out + stateAt, line, hLine, count);
        if (partials != 0) {
          const to = xh + <usize>turn * sheet;
          const whole = sets == 0 ? to : plain;
          copyRows(whole, line, x + at, xLine, inputBytes, count);
          copyRows(whole + stateAt, line, before + <usize>(saves - 1) * plane, hLine, hLine, count);
          for (let set = 0; set < sets; set++) multiply(to + <usize>set * lines, plain, masks + <usize>set * sheet, sheet);
          if (cell == GRU_BEFORE) {
            const reset = to + <usize>(sheets - 1) * lines;
            const rows = sets == 0 ? reset : plain;
            copyRows(rows, line, x + at, xLine, inputBytes, count);
            copyRows(rows + stateAt, line, now + 3 * plane, hLine, hLine, count);
            if (sets > 0) multiply(reset, plain, masks + <usize>(sets - 1) * sheet, sheet);
          }
        }
        step--;
      }
      if (partials != 0) {
        const k = turns * count;
        const cRow = <usize>products * hLine;
        for (let p = 0; p < products; p++) {
          const own = sets > 1 ? min(p, gates - 1) : cell == GRU_BEFORE && p == 2 ? 1 : 0;
          const from = xh + <usize>own * lines;
          const d = dz + <usize>p * gate;
          const to = partial + <usize>p * hLine;
          const skipped: usize = cell == GRU && p == 3 ? stateAt : 0; // a product of the state alone, and one of the inputs alone
          const m = cell == GRU && p > 1 ? (p == 2 ? state : wide) : across;
          productAcross(to + <usize>(skipped >> 2) * cRow, cRow, from + skipped, line, d, hLine, m, wide >> 3, k, fresh);
          sumRows(to + <usize>across * cRow, d, hLine, k, fresh);
        }
        fresh = false;
      }
    }
  }
}
