// Metrics are computed on a sample of the predicted rows: all of them once or, in a bootstrap, each as often as it was drawn. So every
// metric is one formula, and what does not depend on the sample (an order, a row's error) is worked out once.

export interface Sample {
  /** How often each row counts. */
  readonly counts: Uint16Array;
  /** Their sum. */
  readonly total: number;
}

export const everyRow = (rows: number): Sample => ({ counts: new Uint16Array(rows).fill(1), total: rows });

/** A metric's value on a sample. */
export type OfSample = (sample: Sample) => number;

/** The mean of a number that each row has, such as its error. */
export function meanOf(values: Float64Array | Float32Array): OfSample {
  return ({ counts, total }) => {
    let sum = 0;
    for (let r = 0; r < counts.length; r++) sum += (counts[r] as number) * (values[r] as number);
    return sum / total;
  };
}

/** The mean over outputs, or over whatever else a row has `cols` of, as each row's number. */
export function rowMeans(rows: number, cols: number, of: (index: number) => number): Float64Array {
  return Float64Array.from({ length: rows }, (_, r) => {
    let sum = 0;
    for (let i = r * cols; i < (r + 1) * cols; i++) sum += of(i);
    return sum / cols;
  });
}
