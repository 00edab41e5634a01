// What a column of numbers comes to: where it lies, how wide it is, how lopsided, how many values stand apart.
import { quantile } from "../stages/quantile.ts";

export interface Moments {
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly mean: number;
  readonly q3: number;
  readonly max: number;
  /** Of the sample: divided by n - 1, as pandas's `std`. NaN for one value. */
  readonly sd: number;
  /** Adjusted for the size of the sample, as pandas's `skew`. NaN for fewer than three values; 0 where all are equal. */
  readonly skewness: number;
  /** Values further than 1.5 times the distance of the quartiles from them (Tukey's fences). */
  readonly outliers: { readonly low: number; readonly high: number; readonly count: number };
  /** Whether all are whole numbers. */
  readonly whole: boolean;
}

/** Of finite values in ascending order, at least one. */
export function momentsOf(sorted: Float64Array): Moments {
  const n = sorted.length;
  let sum = 0;
  let whole = true;
  for (const value of sorted) {
    sum += value;
    if (whole && !Number.isInteger(value)) whole = false;
  }
  const mean = sum / n;
  // The mean of equal values may be another by its rounding.
  const equal = sorted[0] === sorted[n - 1];
  // Distances from the mean in a second pass: the sum of squares minus the square of the sum would cancel.
  let [second, third] = [0, 0];
  for (const value of sorted) {
    const d = value - mean;
    second += d * d;
    third += d * d * d;
  }
  const [q1, median, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  const [low, high] = [q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)];
  return {
    min: sorted[0] as number,
    q1,
    median,
    mean: equal ? (sorted[0] as number) : mean,
    q3,
    max: sorted[n - 1] as number,
    sd: equal && n > 1 ? 0 : Math.sqrt(second / (n - 1)),
    skewness: n < 3 ? Number.NaN : equal ? 0 : skewness(n, second, third),
    outliers: { low, high, count: placeOf(sorted, low) + n - placeAfter(sorted, high) },
    whole,
  };
}

/** G₁ of Joanes & Gill, "Comparing measures of sample skewness and kurtosis", 1998, from the sums of squares and cubes. */
const skewness = (n: number, second: number, third: number): number => ((n * Math.sqrt(n - 1)) / (n - 2)) * (third / second ** 1.5);

/** How many of the sorted values are less. */
function placeOf(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] as number) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** How many of the sorted values are less or equal. */
export function placeAfter(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] as number) <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

export function distinctOf(sorted: Float64Array): number {
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) count++;
  return count;
}

/** Bins of equal width from `low` on; the last holds `high`, too. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

/** As many bins as there may be. Those of whole numbers hold equally many of them each: one, where they lie close together. */
export function histogramOf(sorted: Float64Array, whole: boolean, most: number): Histogram {
  const [low, high] = [sorted[0] as number, sorted[sorted.length - 1] as number];
  const width = whole ? Math.ceil((high - low + 1) / most) : (high - low) / most;
  const count = whole ? Math.ceil((high - low + 1) / width) : most;
  const counts = new Array<number>(count).fill(0);
  for (const value of sorted) {
    const bin = width > 0 ? Math.min(count - 1, Math.floor((value - low) / width)) : 0;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { low, high, counts };
}
