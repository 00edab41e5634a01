// How often each class was right, was predicted and was there: what precision, recall and F1 are made of.

export interface Tally {
  readonly truePositives: Float64Array;
  readonly predicted: Float64Array;
  readonly support: Float64Array;
}

export function tally(actual: Int32Array, predicted: Int32Array, count: number): Tally {
  const t = { truePositives: new Float64Array(count), predicted: new Float64Array(count), support: new Float64Array(count) };
  for (let r = 0; r < actual.length; r++) {
    const a = actual[r] as number;
    const p = predicted[r] as number;
    (t.support[a] as number)++;
    (t.predicted[p] as number)++;
    if (a === p) (t.truePositives[a] as number)++;
  }
  return t;
}
