// How often each class was right, was predicted and was there: what precision, recall, F1 and chance-corrected agreement are made of.
import type { Sample } from "./sample.ts";

export interface Tally {
  readonly truePositives: Float64Array;
  readonly predicted: Float64Array;
  readonly support: Float64Array;
}

export function tally(actual: Int32Array, predicted: Int32Array, { counts }: Sample, classes: number): Tally {
  const t = { truePositives: new Float64Array(classes), predicted: new Float64Array(classes), support: new Float64Array(classes) };
  for (let r = 0; r < actual.length; r++) {
    const n = counts[r] as number;
    if (n === 0) continue;
    const a = actual[r] as number;
    const p = predicted[r] as number;
    (t.support[a] as number) += n;
    (t.predicted[p] as number) += n;
    if (a === p) (t.truePositives[a] as number) += n;
  }
  return t;
}
