// The operands of the recurrent layers' products, in panels as gemm_pack.ts makes them.
import { packA, packB } from "./gemm_pack";
import { TILE_ROWS } from "./gemm_tile";
import { clear, pad } from "./recurrent_rows";

/** For each gate, panels of eight units, `inputs + units` steps deep: the weights of the inputs, then those of the state. */
export function packWeights(to: usize, kernel: usize, recurrent: usize, inputs: i32, units: i32, gates: i32): void {
  const line = (<usize>(gates * units)) << 2;
  for (let g = 0; g < gates; g++) {
    for (let j = 0; j < units; j += 8) {
      const column = (<usize>(g * units + j)) << 2;
      const end = to + ((<usize>(inputs + units)) << 5);
      packB(to, kernel + column, line, 8, inputs, false);
      packB(to + ((<usize>inputs) << 5), recurrent + column, line, 8, units, false);
      clearBehind(to, end, units - j);
      to = end;
    }
  }
}

/** Panels of rows, inputs first, then the state: what the packed weights are multiplied with. */
export function packStep(to: usize, x: usize, xLine: usize, inputs: i32, h: usize, hLine: usize, units: i32, rows: i32): void {
  let tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
  while (rows > 0) {
    const count = (rows + tiles - 1) / tiles;
    packA(to, x, xLine, count, inputs, false);
    packA(to + ((<usize>(count * inputs)) << 2), h, hLine, count, units, false);
    to += (<usize>(count * (inputs + units))) << 2;
    x += <usize>count * xLine;
    h += <usize>count * hLine;
    rows -= count;
    tiles--;
  }
}

/** The transposed weights: for each gate, over panels of eight inputs or eight states, the gate's units. Panels are gates · wide deep. */
export function packTransposed(to: usize, kernel: usize, recurrent: usize, inputs: i32, units: i32, gates: i32): void {
  const wide = pad(units);
  const panel = (<usize>(gates * wide)) << 5;
  packTransposedPart(to, kernel, inputs, units, gates, panel);
  packTransposedPart(to + <usize>(pad(inputs) >> 3) * panel, recurrent, units, units, gates, panel);
}

function packTransposedPart(to: usize, weights: usize, rows: i32, units: i32, gates: i32, panel: usize): void {
  const line = (<usize>(gates * units)) << 2;
  const gate = (<usize>pad(units)) << 5;
  for (let i = 0; i < rows; i += 8) {
    const count = min(rows - i, 8);
    clear(to, panel);
    for (let g = 0; g < gates; g++) {
      const p = to + <usize>g * gate;
      packB(p, weights + <usize>i * line + ((<usize>(g * units)) << 2), line, count, units, true);
      clearBehind(p, p + ((<usize>units) << 5), count);
    }
    to += panel;
  }
}

/** Zeros in all columns of a panel but the first `columns`. */
function clearBehind(p: usize, end: usize, columns: i32): void {
  if (columns >= 8) return;
  for (; p < end; p += 32) for (let j = columns; j < 8; j++) store<f32>(p + ((<usize>j) << 2), 0);
}

/** Panels of rows over all units of all gates, as the transposed weights have them. */
export function packGates(to: usize, dz: usize, gate: usize, line: usize, gates: i32, wide: i32, rows: i32): void {
  let tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
  while (rows > 0) {
    const count = (rows + tiles - 1) / tiles;
    for (let g = 0; g < gates; g++) {
      packA(to, dz + <usize>g * gate, line, count, wide, false);
      to += <usize>count * line;
    }
    dz += <usize>count * line;
    rows -= count;
    tiles--;
  }
}
