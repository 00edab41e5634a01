// Comparing float results with float64 references. A difference may be as large as abs + rel·|expected| + ulp·(the distance between
// neighbouring f32 there); NaN matches NaN only, an infinity only itself.
import { expect } from "vitest";

export interface Tolerance {
  readonly abs?: number;
  readonly rel?: number;
  readonly ulp?: number;
}

/** The distance from |x| to the next f32. */
export function ulpOf(x: number): number {
  const size = Math.fround(Math.abs(x));
  return size < 2 ** -126 ? 2 ** -149 : 2 ** (Math.floor(Math.log2(size)) - 23);
}

export function isClose(actual: number, expected: number, { abs = 0, rel = 0, ulp = 0 }: Tolerance): boolean {
  if (!Number.isFinite(expected)) return Object.is(actual, expected);
  return Math.abs(actual - expected) <= abs + rel * Math.abs(expected) + ulp * ulpOf(expected);
}

/** Fails with the first place that differs. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance, what = "values"): void {
  expect(actual.length, `length of ${what}`).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i] as number;
    const e = expected[i] as number;
    if (!isClose(a, e, tolerance)) expect.fail(`${what}[${i}]: expected ${e}, got ${a}, tolerance ${JSON.stringify(tolerance)}`);
  }
}

/** For goldens: every difference is at most `relative` times the greatest |expected|. */
export function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, relative: number, what = "values"): void {
  let scale = 0;
  for (let i = 0; i < expected.length; i++) {
    const size = Math.abs(expected[i] as number);
    if (Number.isFinite(size)) scale = Math.max(scale, size);
  }
  expectClose(actual, expected, { abs: relative * scale }, what);
}
