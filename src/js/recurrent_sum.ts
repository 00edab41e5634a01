import type { Twin } from "../wasm/abi.ts";
import { pad } from "./recurrentRows.ts";

export const recurrent_sum_f32: Twin<"recurrent_sum_f32"> = ({ f32 }, y, partials, lines, gates, last, units, line, groups, stride) => {
  const wide = pad(units);
  let to = y >>> 2;
  for (let l = 0; l < lines; l++)
    for (let g = 0; g < gates; g++)
      for (let j = 0; j < units; j++) {
        const from = (partials >>> 2) + l * line + (g === gates - 1 ? last : g) * wide + j;
        let sum = 0;
        for (let n = 0; n < groups; n++) sum += f32[from + n * stride] as number;
        f32[to++] = sum;
      }
};
