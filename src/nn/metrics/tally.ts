// How often each class was right, was predicted and was there: what precision, recall, F1 and chance-corrected agreement are made of.
import type { Sample } from "./sample.ts";

/** Valid until the next sample is asked for. */
export interface Tally {
  readonly truePositives: Float64Array;
  readonly predicted: Float64Array;
  readonly support: Float64Array;
}

/** Rows of the same true and predicted class are counted together, so a sample takes one addition a row. */
export function tallying(actual: Int32Array, predicted: Int32Array, classes: number): (sample: Sample) => Tally {
  const numbers = new Map<number, number>();
  const cell = Uint32Array.from(actual, (a, r) => {
    const pair = a * classes + (predicted[r] as number);
    const known = numbers.get(pair) ?? numbers.size;
    numbers.set(pair, known);
    return known;
  });
  const pairs = [...numbers.keys()];
  const cells = new Float64Array(pairs.length);
  const t = { truePositives: new Float64Array(classes), predicted: new Float64Array(classes), support: new Float64Array(classes) };
  return ({ counts }) => {
    cells.fill(0);
    for (let r = 0; r < counts.length; r++) (cells[cell[r] as number] as number) += counts[r] as number;
    for (const counted of Object.values(t)) counted.fill(0);
    for (let i = 0; i < pairs.length; i++) {
      const n = cells[i] as number;
      const pair = pairs[i] as number;
      const a = Math.floor(pair / classes);
      const p = pair % classes;
      (t.support[a] as number) += n;
      (t.predicted[p] as number) += n;
      if (a === p) (t.truePositives[a] as number) += n;
    }
    return t;
  };
}
