// A median filter: each pixel becomes the median of the square around it, channel by channel; beyond the edge the edge's pixel repeats.
import { type Descriptor, describe, narrowed, number, optional, type Rule, type Rules } from "../../check.ts";
import { type Column, column, type NumericColumn, size } from "../../data/table.ts";
import { PipelineError, show } from "../../errors.ts";
import type { CleanStage } from "../stage.ts";
import type { Work } from "../work.ts";

export interface Denoise extends Descriptor {
  readonly kind: "denoise";
  readonly size?: number;
}

const odd: Rule = narrowed(number({ min: 3, integer: true }), (value, at) => {
  if ((value as number) % 2 === 0) throw new PipelineError("config", at, `expected an odd number, got ${show(value)}`);
});
const rules: Rules = { size: optional(odd) };

/**
 * Removes specks from pictures: every pixel becomes the median of the `size` × `size` pixels around it (odd, default 3), each channel
 * by itself. Works on inputs of shape [height, width] or [height, width, channels]; a pixel with NaN around it stays as it is.
 */
export function denoise(settings: Omit<Denoise, "kind"> = {}): Denoise {
  return describe<Denoise>("denoise", settings, rules);
}

const isPicture = (c: Column): c is NumericColumn => c.type === "numeric" && (c.shape.length === 2 || c.shape.length === 3);

export const denoiseStage: CleanStage<Denoise> = {
  kind: "denoise",
  rules,
  rowwise: true,
  *apply(stage, table) {
    const pictures = table.inputs.filter((name) => isPicture(column(table, name)));
    if (pictures.length === 0) {
      throw new PipelineError(
        "config",
        "denoise",
        `expected pictures ([height, width] or [height, width, channels]), but none of ${table.inputs.join(", ")} is one`,
      );
    }
    let changed = 0;
    const columns: Record<string, Column> = { ...table.columns };
    for (const name of pictures) {
      const picture = columns[name] as NumericColumn;
      const data = picture.data.slice();
      changed += yield* filter(picture, data, stage.size ?? 3);
      columns[name] = { ...picture, data };
    }
    return { table: { ...table, columns }, removed: [], changed };
  },
};

/** Writes the medians into `to` and returns how many pixels changed. */
function* filter({ data, shape }: NumericColumn, to: NumericColumn["data"], side: number): Work<number> {
  const [height, width, channels = 1] = shape as [number, number, number?];
  const around = side >> 1;
  const values = new Float64Array(side * side);
  const middle = values.length >> 1;
  const rows = data.length / Math.max(1, size(shape));
  // Where the columns and rows of the square lie, edges repeated: place i - around for i = 0 … n + 2 around - 1.
  const clamped = (n: number, step: number): Int32Array =>
    Int32Array.from({ length: n + 2 * around }, (_, i) => Math.min(n - 1, Math.max(0, i - around)) * step);
  const xs = clamped(width, channels);
  const ys = clamped(height, width * channels);
  let changed = 0;
  for (let row = 0; row < rows; row++) {
    yield row;
    const start = row * height * width * channels;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          const place = start + (y * width + x) * channels + c;
          const value = data[place] as number;
          let n = 0;
          for (let j = y; j < y + side; j++) {
            const line = start + (ys[j] as number) + c;
            for (let i = x; i < x + side; i++) n = insert(values, n, data[line + (xs[i] as number)] as number);
          }
          const median = n === values.length ? (values[middle] as number) : value;
          to[place] = median;
          if (median !== value && !Number.isNaN(value)) changed++;
        }
      }
    }
  }
  return changed;
}

/** Puts `value` in its place among the first `n` sorted numbers. NaN does not go in, so the list stays short. */
function insert(sorted: Float64Array, n: number, value: number): number {
  if (Number.isNaN(value)) return n;
  let i = n;
  for (; i > 0 && (sorted[i - 1] as number) > value; i--) sorted[i] = sorted[i - 1] as number;
  sorted[i] = value;
  return n + 1;
}
