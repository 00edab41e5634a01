// Confidence intervals by the bootstrap (Efron 1979): the rows are drawn again with replacement, as many as there are, and a metric's
// percentiles over many such samples bound it. This covers the chance in which rows were set aside, not that of training again.
import { purpose, random } from "../../random.ts";
import type { Intervals } from "./evaluation.ts";
import type { Predictions } from "./predictions.ts";
import type { Sample } from "./sample.ts";

const RESAMPLES = 1000;
const LEAST_RESAMPLES = 200;
/** Rows that may be drawn in all: a large set has tight intervals, which fewer samples find. */
const MOST_DRAWS = 4e7;

export const resampleCount = (rows: number): number => Math.max(LEAST_RESAMPLES, Math.min(RESAMPLES, Math.floor(MOST_DRAWS / rows)));

/**
 * Each sample is valid until the next is asked for. The same seed draws the same samples. Steps of a sequence depend on each other, so
 * sequences are drawn whole.
 */
export function* resamples({ rows, sequence }: Pick<Predictions, "rows" | "sequence">, seed: number): Generator<Sample, void, undefined> {
  const next = xoshiro(seed);
  const units = sequence === undefined ? rows : sequence.reduce((most, s) => Math.max(most, s + 1), 0);
  const drawn = new Uint16Array(units);
  const counts = sequence === undefined ? drawn : new Uint16Array(rows);
  for (let i = resampleCount(rows); i > 0; i--) {
    drawn.fill(0);
    for (let u = 0; u < units; u++) (drawn[Math.floor(next() * 2 ** -32 * units)] as number)++;
    let total = rows;
    if (sequence !== undefined) {
      total = 0;
      for (let r = 0; r < rows; r++) total += counts[r] = drawn[sequence[r] as number] as number;
    }
    yield { counts, total };
  }
}

/** xoshiro128** 1.1 (Blackman & Vigna 2018), begun by our own generator, which would take eight times as long for all of it. */
function xoshiro(seed: number): () => number {
  const source = random(seed, purpose.bootstrap);
  let [a, b, c, d] = [source.uint32(), source.uint32(), source.uint32(), source.uint32()];
  return () => {
    const five = Math.imul(b, 5);
    const word = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return word;
  };
}

/**
 * From each metric's values on the samples. Samples on which it is not defined are left out; where those are most of them, it has no
 * interval.
 */
export function intervalsOf(values: ReadonlyMap<string, Float64Array>, confidence: number): Intervals {
  const scalars: Record<string, readonly [number, number]> = {};
  let resamples = 0;
  for (const [name, all] of values) {
    resamples = all.length;
    const defined = all.filter(Number.isFinite).sort();
    if (defined.length > resamples / 2) scalars[name] = [quantile(defined, (1 - confidence) / 2), quantile(defined, (1 + confidence) / 2)];
  }
  return { confidence, resamples, scalars };
}

/** Of sorted values, interpolated linearly between neighbours, as NumPy's percentile. */
function quantile(values: Float64Array, q: number): number {
  const position = q * (values.length - 1);
  const low = Math.floor(position);
  const [a, b] = [values[low] as number, values[Math.min(low + 1, values.length - 1)] as number];
  return a + (b - a) * (position - low);
}
