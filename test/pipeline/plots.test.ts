// What a report draws of predictions beside the truth: against the metrics, and against counts by hand.
import { describe, expect, it } from "vitest";
import { evaluate } from "../../src/nn/metrics/evaluate.ts";
import type { Predictions } from "../../src/nn/metrics/predictions.ts";
import { arrays, dense, type Pipeline, run } from "../../src/node/index.ts";
import type { ReportFile } from "../../src/pipeline/report/file.ts";
import { plotsOf } from "../../src/pipeline/report/plots.ts";
import { random } from "../../src/random.ts";
import { all, fileOf } from "../support/runs.ts";

/** Probabilities of class 1 that are right as often as they say, or twice as sure. */
function guesses(rows: number, sharpness = 1): Predictions {
  const source = random(2, 0);
  const chances = Float32Array.from({ length: rows }, () => source.uniform());
  const labels = Int32Array.from(chances, (p) => Number(source.uniform() < p));
  const outputs = chances.map((p) => p ** sharpness / (p ** sharpness + (1 - p) ** sharpness));
  return { rows, cols: 1, outputs, labels, classes: ["no", "yes"] };
}

const trapezoid = (points: readonly (readonly [number, number])[]): number =>
  points.slice(1).reduce((sum, [x, y], i) => {
    const [before, height] = points[i] as readonly [number, number];
    return sum + ((x - before) * (y + height)) / 2;
  }, 0);

describe("plots of two classes", () => {
  it("have a ROC curve of a hundred points with the area that rocAuc is", () => {
    const predictions = guesses(5000);
    const { roc = [], positive, positives } = plotsOf(predictions) ?? {};
    expect([roc.length <= 100, roc.length > 60, roc[0], roc.at(-1)]).toEqual([true, true, [0, 0], [1, 1]]);
    expect(trapezoid(roc)).toBeCloseTo(evaluate(["rocAuc"], predictions).scalars.rocAuc as number, 2);
    expect([positive, positives]).toEqual(["yes", predictions.labels?.reduce((sum, l) => sum + l, 0)]);
    const few = { rows: 4, cols: 1, outputs: Float32Array.of(0.1, 0.4, 0.35, 0.8), labels: Int32Array.of(0, 0, 1, 1) };
    expect(plotsOf(few)?.roc).toEqual([
      [0, 0],
      [0, 0.5],
      [0.5, 0.5],
      [0.5, 1],
      [1, 1],
    ]);
  });

  it("have precision over recall, with about the area that averagePrecision is", () => {
    const predictions = guesses(5000);
    const { precisionRecall = [] } = plotsOf(predictions) ?? {};
    expect(precisionRecall.length).toBeLessThanOrEqual(100);
    expect(precisionRecall.at(-1)?.[0]).toBe(1);
    expect(trapezoid([[0, 1], ...precisionRecall])).toBeCloseTo(
      evaluate(["averagePrecision"], predictions).scalars.averagePrecision as number,
      1,
    );
  });

  it("tell in how many rows of a bin it came true", () => {
    const { calibration = [] } = plotsOf(guesses(20_000)) ?? {};
    expect(calibration.reduce((sum, { rows }) => sum + rows, 0)).toBe(20_000);
    for (const { predicted, observed } of calibration) expect(Math.abs(predicted - observed)).toBeLessThan(0.04);
    const sure = plotsOf(guesses(20_000, 3))?.calibration ?? [];
    expect((sure[9]?.predicted ?? 0) - (sure[9]?.observed ?? 1)).toBeGreaterThan(0.1);
    const outputs = Float32Array.of(0, 0.25, 0.25, 1);
    expect(plotsOf({ rows: 4, cols: 1, outputs, labels: Int32Array.of(0, 1, 0, 1) })?.calibration).toEqual([
      { rows: 1, predicted: 0, observed: 0 },
      { rows: 2, predicted: 0.25, observed: 0.5 },
      { rows: 1, predicted: 1, observed: 1 },
    ]);
  });

  it("are left out where there is nothing to draw: one class alone, or outputs that are no probabilities", () => {
    const { roc, calibration } = plotsOf({ rows: 2, cols: 1, outputs: Float32Array.of(0.2, 0.7), labels: Int32Array.of(1, 1) }) ?? {};
    expect([roc, calibration?.length]).toEqual([undefined, 2]);
    const scores = plotsOf({ rows: 2, cols: 1, outputs: Float32Array.of(-3, 7), labels: Int32Array.of(0, 1) });
    expect([scores?.roc?.length, scores?.calibration]).toEqual([3, undefined]);
    expect(plotsOf({ rows: 1, cols: 3, outputs: Float32Array.of(-3, 7, 1), labels: Int32Array.of(0) })).toBeUndefined();
  });
});

it("of more classes it is told how often the class that is said is right", () => {
  const outputs = Float32Array.of(0.6, 0.3, 0.1, 0.6, 0.3, 0.1, 0.1, 0.1, 0.8);
  const plots = plotsOf({ rows: 3, cols: 3, outputs, labels: Int32Array.of(0, 1, 2) });
  expect(plots).toEqual({
    rows: 3,
    calibration: [
      { rows: 2, predicted: 0.6, observed: 0.5 },
      { rows: 1, predicted: 0.8, observed: 1 },
    ],
  });
});

describe("amounts", () => {
  it("are shown beside the truth, a hundred of many, evenly", () => {
    const outputs = Float32Array.from({ length: 1000 }, (_, i) => (i * 7) % 1000);
    const values = plotsOf({ rows: 1000, cols: 1, outputs, targets: outputs.map((v) => v + 0.5) })?.values ?? [];
    expect([values.length, values[0], values.at(-1)]).toEqual([100, [0, 0.5], [999, 999.5]]);
    for (const [i, [predicted, truth]] of values.entries()) {
      expect(truth - predicted).toBe(0.5);
      if (i > 0) expect(predicted - (values[i - 1]?.[0] ?? 0)).toBeLessThan(12);
    }
    expect(plotsOf({ rows: 1, cols: 2, outputs: Float32Array.of(1, 2), targets: Float32Array.of(1.5, 2) })).toBeUndefined();
  });
});

describe("a run", () => {
  const amounts: Pipeline = {
    source: arrays({ x: Array.from({ length: 40 }, (_, r) => [r / 40]), y: Array.from({ length: 40 }, (_, r) => r + 0.5) }),
    split: { test: 10 },
    model: [dense(1)],
    train: { loss: "mse", epochs: 1 },
  };
  const plotted = async (pipeline: Pipeline): Promise<ReportFile["plots"]> =>
    (JSON.parse(String(fileOf(await all(run(pipeline)), "report.json"))) as ReportFile).plots;

  it("keeps those of its test rows; with folds each row is there once, as it was set aside", async () => {
    const tested = await plotted(amounts);
    expect([tested?.rows, tested?.values?.length, tested?.folds]).toEqual([10, 10, undefined]);
    for (const split of [{ folds: 4 }, { folds: 4, repeats: 2, refit: false }, { folds: 4, validation: 0.2 }]) {
      const folded = await plotted({ ...amounts, split });
      expect([folded?.rows, folded?.folds]).toEqual([40, 4]);
      const truths = folded?.values?.map(([, truth]) => truth).sort((a, b) => a - b);
      expect(truths).toEqual(Array.from({ length: 40 }, (_, r) => r + 0.5));
    }
    expect((await plotted({ ...amounts, split: { folds: 2, test: 10 } }))?.rows).toBe(10);
  });
});
