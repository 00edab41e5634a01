import { describe, expect, test } from "vitest";
import { intervalsOf, resampleCount, resamples } from "../../src/nn/metrics/bootstrap.ts";
import { measure } from "../../src/nn/metrics/evaluate.ts";
import { type Metric, metricNames } from "../../src/nn/metrics/index.ts";
import type { Predictions } from "../../src/nn/metrics/predictions.ts";
import { random } from "../../src/random.ts";

function samplesOf(rows: number, seed: number, most = Number.POSITIVE_INFINITY): number[][] {
  const found: number[][] = [];
  for (const { counts } of resamples({ rows }, seed)) if (found.push([...counts]) === most) break;
  return found;
}

describe("resamples", () => {
  test("draw as many rows as there are, each as often as any other", () => {
    const samples = samplesOf(20, 1);
    expect(samples).toHaveLength(1000);
    for (const counts of samples) expect(counts.reduce((sum, n) => sum + n, 0)).toBe(20);
    // Each row is drawn 20,000 / 20 times, give or take four deviations of √(20,000 · 0.05 · 0.95) = 31.
    for (let r = 0; r < 20; r++) expect(Math.abs(samples.reduce((sum, counts) => sum + (counts[r] as number), 0) - 1000)).toBeLessThan(124);
    // Poisson(1), nearly: a row is left out of (1 − 1/20)²⁰ = 35.8 % of the samples.
    expect(samples.filter((counts) => counts[7] === 0).length / 1000).toBeCloseTo(0.358, 1);
  });

  test("are the same for the same seed, and others for another", () => {
    expect(samplesOf(50, 7, 20)).toEqual(samplesOf(50, 7, 20));
    expect(samplesOf(50, 8, 20)).not.toEqual(samplesOf(50, 7, 20));
  });

  test("draw the steps of a sequence together", () => {
    const sequence = Uint32Array.of(0, 0, 0, 1, 1, 3);
    for (const { counts, total } of resamples({ rows: 6, sequence }, 1)) {
      const [a, b, c, d, e, f] = counts;
      expect([b, c, e]).toEqual([a, a, d]);
      // Four sequences are drawn, the third of them without steps.
      expect((a as number) + (d as number) + (f as number)).toBeLessThanOrEqual(4);
      expect(total).toBe(counts.reduce((sum, n) => sum + n, 0));
    }
  });

  test("are fewer where there are many rows", () => {
    expect([1, 40_000, 100_000, 10_000_000].map(resampleCount)).toEqual([1000, 1000, 400, 200]);
  });
});

describe("a metric of a sample", () => {
  const source = random(3, 0);
  const rows = 60;
  const classes = (cols: number): Predictions => {
    const labels = Int32Array.from({ length: rows }, () => source.integer(Math.max(2, cols)));
    const weights = Array.from(labels, (label) => Array.from({ length: cols }, (_, c) => source.integer(6) + 1 + (c === label ? 3 : 0)));
    const outputs =
      cols === 1 ? weights.map(([w = 0]) => w / 11) : weights.flatMap((row) => row.map((w) => w / row.reduce((a, b) => a + b)));
    return { rows, cols, labels, outputs: Float32Array.from(outputs), losses: Float32Array.from({ length: rows }, () => source.uniform()) };
  };
  const values: Predictions = {
    rows,
    cols: 2,
    outputs: Float32Array.from({ length: 2 * rows }, () => source.normal()),
    targets: Float32Array.from({ length: 2 * rows }, () => source.normal()),
  };
  const ofClasses = metricNames(({ needs }) => needs === "classes") as Metric[];
  const cases: [string, Predictions, Metric[]][] = [
    ["four classes", classes(4), [...ofClasses, "rocAucWeighted", "averagePrecisionWeighted", "f1Weighted", "f1Micro"]],
    ["two classes", classes(1), [...ofClasses, "mse", "binaryAccuracy", "f1Binary"]],
    ["values", values, ["mse", "rmse", "mae", "mape", "r2"]],
  ];

  test.each(cases)("is that of the rows drawn: %s", (_, predictions, list) => {
    const { computed } = measure(list, predictions);
    let compared = 0;
    for (const sample of resamples({ rows }, 5)) {
      const drawn = Array.from(sample.counts, (n, r) => new Array<number>(n).fill(r)).flat();
      const { scalars } = measure(list, rowsOf(predictions, drawn)).evaluation;
      expect([...computed.keys()]).toEqual(Object.keys(scalars));
      for (const [name, compute] of computed) expect(compute(sample), name).toBeCloseTo(scalars[name] as number, 10);
      if (++compared === 10) break;
    }
  });
});

/** The rows at these positions. */
function rowsOf({ rows: _, cols, outputs, losses, ...truth }: Predictions, positions: readonly number[]): Predictions {
  const pick = (data: Float32Array, width: number): Float32Array =>
    Float32Array.from(positions.flatMap((r) => [...data.subarray(r * width, (r + 1) * width)]));
  return {
    rows: positions.length,
    cols,
    outputs: pick(outputs, cols),
    ...(losses && { losses: pick(losses, 1) }),
    ...(truth.labels ? { labels: Int32Array.from(positions, (r) => truth.labels[r] as number) } : { targets: pick(truth.targets, cols) }),
  };
}

function accuracyInterval(right: readonly boolean[], seed: number, confidence = 0.95): readonly [number, number] {
  const outputs = Float32Array.from(right, (is) => (is ? 1 : 0));
  const { computed } = measure(["accuracy"], { rows: right.length, cols: 1, outputs, labels: new Int32Array(right.length).fill(1) });
  const values: number[] = [];
  for (const sample of resamples({ rows: right.length }, seed)) values.push(computed.get("accuracy")?.(sample) as number);
  return intervalsOf(new Map([["accuracy", Float64Array.from(values)]]), confidence).scalars.accuracy as readonly [number, number];
}

describe("an interval", () => {
  test("is where theory puts it: 90 % of 400 rows, deviation √(0.9 · 0.1 / 400) = 0.015", () => {
    const right = Array.from({ length: 400 }, (_, r) => r % 10 > 0);
    const [low, high] = accuracyInterval(right, 1);
    expect(low).toBeCloseTo(0.9 - 1.96 * 0.015, 2);
    expect(high).toBeCloseTo(0.9 + 1.96 * 0.015, 2);
    const [narrowLow, narrowHigh] = accuracyInterval(right, 1, 0.5);
    expect(narrowHigh - narrowLow).toBeLessThan(0.5 * (high - low));
  });

  test("holds the truth about as often as it says", () => {
    const source = random(11, 0);
    let held = 0;
    for (let trial = 0; trial < 200; trial++) {
      const [low, high] = accuracyInterval(
        Array.from({ length: 120 }, () => source.uniform() < 0.75),
        trial,
      );
      if (low <= 0.75 && 0.75 <= high) held++;
    }
    expect(held / 200).toBeGreaterThan(0.9);
    expect(held / 200).toBeLessThan(0.985);
  });

  test("interpolates between values as NumPy's percentile, and leaves out what is not defined", () => {
    const values = Float64Array.of(5, 1, Number.NaN, 2, 9, 3);
    const rare = Float64Array.of(1, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 2);
    // np.percentile([5, 1, 2, 9, 3], [5, 95])
    expect(
      intervalsOf(
        new Map([
          ["a", values],
          ["b", rare],
        ]),
        0.9,
      ),
    ).toEqual({ confidence: 0.9, resamples: 6, scalars: { a: [1.2, 8.2] } });
  });
});
