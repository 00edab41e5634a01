// recurrent_sum   y[l, g units + j] = Σ_n partials[n][l, g' wide + j]     g' = g, but `last` for the last gate
// The weights' gradient from the sums of the groups of rows, in their order. A sum is `stride` f32, its lines `line` f32; `wide` is `units`
// rounded up to a multiple of eight.
import { storeRow } from "../lanes/edge";
import { pad } from "./recurrent_rows";

export function recurrent_sum_f32(
  y: usize,
  partials: usize,
  lines: i32,
  gates: i32,
  last: i32,
  units: i32,
  line: i32,
  groups: i32,
  stride: i32,
): void {
  const bytes = (<usize>units) << 2;
  const next = (<usize>stride) << 2;
  for (let l = 0; l < lines; l++) {
    for (let g = 0; g < gates; g++) {
      const from = partials + ((<usize>(l * line + (g == gates - 1 ? last : g) * pad(units))) << 2);
      for (let i: usize = 0; i < bytes; i += 16) {
        let p = from + i;
        let sum = v128.load(p);
        for (let n = 1; n < groups; n++) {
          p += next;
          sum = f32x4.add(sum, v128.load(p));
        }
        storeRow(y + i, sum, bytes - i);
      }
      y += bytes;
    }
  }
}
