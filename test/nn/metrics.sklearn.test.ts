// Against numbers that scikit-learn 1.2.1 computed from the same rows (NumPy, scores rounded to f32): r runs over rows, c over classes.
// Curves of classes: label_binarize; their ROC: multi_class="ovr". Brier of four classes: np.mean(np.sum((P - Y) ** 2, 1)). Calibration:
// calibration_curve(predicted == y, P.max(1), strategy="uniform"), each bin weighted by its rows.
import { describe, expect, test } from "vitest";
import { averagePrecision } from "../../src/nn/metrics/averagePrecision.ts";
import { evaluate } from "../../src/nn/metrics/evaluate.ts";
import { lowerIsBetter, type Metric } from "../../src/nn/metrics/index.ts";
import type { Predictions } from "../../src/nn/metrics/predictions.ts";
import { expectedCalibrationError } from "../../src/nn/metrics/probabilities.ts";
import { rocAuc } from "../../src/nn/metrics/rocAuc.ts";

const table = <T>(rows: number, cols: number, of: (r: number, c: number) => T): T[][] =>
  Array.from({ length: rows }, (_, r) => Array.from({ length: cols }, (_, c) => of(r, c)));

/** Scores of twenty values, so many are tied. */
function binary(cols: 1 | 2): Predictions {
  const steps = table(60, 1, (r) => (r * 37) % 20).flat();
  const scores = steps.map((s) => (s + 1) / 22);
  return {
    rows: 60,
    cols,
    outputs: Float32Array.from(cols === 1 ? scores : scores.flatMap((s) => [1 - s, s])),
    labels: Int32Array.from(steps, (s, r) => Number((r * r * 13 + r * 5) % 23 < s + 2)),
  };
}

function fourClasses(rename: (label: number) => number = (label) => label): Predictions {
  const labels = table(80, 1, (r) => ((r * r + 3 * Math.floor(r / 3)) % 7) % 4).flat();
  const weights = table(80, 4, (r, c) => 1 + ((r * 31 + c * 17 + r * c * 7) % 13) + (c === labels[r] && r % 3 > 0 ? 9 : 0));
  const outputs = weights.flatMap((row) => row.map((w) => w / row.reduce((sum, v) => sum + v, 0)));
  return { rows: 80, cols: 4, outputs: Float32Array.from(outputs), labels: Int32Array.from(labels, rename) };
}

function values(): Predictions {
  const truth = table(40, 3, (r, c) => ((r * 29 + c * 11) % 17) - 8.5);
  const outputs = truth.flatMap((row, r) => row.map((y, c) => y * 0.75 + ((r * 13 + c * 5) % 7) - 3));
  return { rows: 40, cols: 3, outputs: Float32Array.from(outputs), targets: Float32Array.from(truth.flat()) };
}

const scalars = (predictions: Predictions, ...list: Metric[]) => evaluate(list, predictions).scalars;

function expectEach(predictions: Predictions, expected: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(scalars(predictions, ...(Object.keys(expected) as Metric[])))) {
    expect(Math.abs(value - (expected[name] as number)), `${name} ${value}`).toBeLessThan(1e-6);
  }
}

describe("scikit-learn", () => {
  test.each([1, 2] as const)("two classes, %i outputs", (cols) => {
    expectEach(binary(cols), {
      rocAuc: 0.6104910714285715,
      averagePrecision: 0.5826576813709168,
      prAuc: 0.5826576813709168,
      logLoss: 0.7732903091609624,
      brierScore: 0.26769972428597383,
      matthewsCorrcoef: 0.22831650647385776,
      mcc: 0.22831650647385776,
      cohenKappa: 0.22818791946308725,
      balancedAccuracy: 0.6138392857142857,
      expectedCalibrationError: 0.2,
    });
  });

  test("four classes, each against the rest", () => {
    expectEach(fourClasses(), {
      rocAuc: 0.8549291660168377,
      rocAucWeighted: 0.8386973437137911,
      averagePrecision: 0.681688004679464,
      averagePrecisionWeighted: 0.7828302059061009,
      logLoss: 1.2717048511641897,
      brierScore: 0.6907994358526661,
      matthewsCorrcoef: 0.45993524909580263,
      cohenKappa: 0.3662768766503207,
      balancedAccuracy: 0.5870759675107502,
      ece: 0.19165060184895993,
    });
    expect(scalars(fourClasses(), expectedCalibrationError({ bins: 5 })).expectedCalibrationError).toBeCloseTo(0.14386978112161164, 7);
    expect(scalars(fourClasses(), rocAuc({ average: "weighted" }), averagePrecision({ average: "weighted" }))).toEqual(
      scalars(fourClasses(), "rocAucWeighted", "averagePrecisionWeighted"),
    );
  });

  test("a class that no row is of", () => {
    expectEach(
      fourClasses((label) => label % 3),
      {
        averagePrecision: 0.596109592964898,
        averagePrecisionWeighted: 0.7931932095839029,
        logLoss: 1.3053783032699382,
        brierScore: 0.7135895079659417,
        matthewsCorrcoef: 0.43202353096762947,
        cohenKappa: 0.33197253664872883,
        balancedAccuracy: 0.43560973855504015,
        ece: 0.2073742862790823,
      },
    );
  });

  test("values of three outputs", () => {
    const expected = { mse: 4.802083333333333, rmse: 2.1913656320507844, mae: 1.8958333333333333, mape: 0.8319453476806418 };
    expectEach(values(), { ...expected, r2: 0.8000377667644273 });
    expectEach(values(), {
      meanSquaredError: expected.mse,
      rootMeanSquaredError: expected.rmse,
      meanAbsoluteError: expected.mae,
      meanAbsolutePercentageError: expected.mape,
    });
  });

  test("a probability of 0 for what happened counts the epsilon of f32", () => {
    const impossible: Predictions = { rows: 2, cols: 1, outputs: Float32Array.of(0, 0), labels: Int32Array.of(1, 0) };
    expectEach(impossible, { logLoss: 7.9711926360440195 });
  });
});

describe("what is not defined", () => {
  const one = (label: number): Predictions => ({
    rows: 2,
    cols: 1,
    outputs: Float32Array.of(0.6, 0.7),
    labels: Int32Array.of(label, label),
    classes: ["no", "yes"],
  });

  test("is NaN, or what scikit-learn counts, and a note says why", () => {
    expect(evaluate(["rocAuc", "averagePrecision"], one(0))).toEqual({
      rows: 2,
      scalars: { rocAuc: Number.NaN, averagePrecision: 0 },
      notes: [
        'rocAuc is not defined: no row is of class "yes"',
        'averagePrecision counts 0 for class "yes", which no row is of, as scikit-learn does',
      ],
    });
    expect(evaluate(["rocAuc", "averagePrecision", "cohenKappa", "mcc"], one(1))).toEqual({
      rows: 2,
      scalars: { rocAuc: Number.NaN, averagePrecision: 1, cohenKappa: Number.NaN, mcc: 0 },
      notes: [
        'rocAuc is not defined: every row is of class "yes"',
        'cohenKappa is not defined: every row is of class "yes" and predicted as it',
      ],
    });
    expect(evaluate(["mape"], { rows: 2, cols: 1, outputs: Float32Array.of(1, 2), targets: Float32Array.of(0, 2) })).toEqual({
      rows: 2,
      scalars: { mape: 2251799813685248 },
      notes: ["mape says nothing: it divides by the target, and 1 is 0; use mae"],
    });
  });

  test("a class without rows is left out of the mean of ROC areas", () => {
    const all = evaluate(
      ["rocAuc"],
      fourClasses((label) => label % 3),
    );
    const { outputs, labels } = fourClasses((label) => label % 3) as { outputs: Float32Array; labels: Int32Array };
    const single = [0, 1, 2].map((c) =>
      scalars(
        {
          rows: 80,
          cols: 1,
          outputs: outputs.filter((_, i) => i % 4 === c),
          labels: labels.map((label) => Number(label === c)),
        },
        "rocAuc",
      ),
    );
    expect(all.scalars.rocAuc).toBeCloseTo(
      single.reduce((sum, { rocAuc = 0 }) => sum + rocAuc / 3, 0),
      12,
    );
    expect(all.notes).toEqual(['rocAuc leaves classes out: no row is of class "3"']);
  });

  test.each([
    [[0.5, 0.7], "the outputs of row 0 add up to 1.200"],
    [[-0.5, 1.5], "an output of row 0 is -0.5"],
  ])("outputs %j are no probabilities", (outputs, why) => {
    const asked = ["logLoss", "brierScore", "ece"] as const;
    const { scalars: found, notes } = evaluate(asked, {
      rows: 1,
      cols: 2,
      outputs: Float32Array.from(outputs),
      labels: Int32Array.of(1),
    });
    expect(Object.values(found)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(notes).toHaveLength(3);
    expect(notes?.[0]).toBe(
      `logLoss is not defined: the outputs are not probabilities (${why}); end the model with a softmax or a sigmoid`,
    );
  });
});

test("what is wrong gets better downwards", () => {
  const lower = ["logLoss", "brierScore", "ece", "mape", "meanSquaredError"] as const;
  expect(lower.map(lowerIsBetter)).toEqual(lower.map(() => true));
  expect((["rocAucWeighted", "prAuc", "mcc", "cohenKappa"] as const).map(lowerIsBetter)).toEqual([false, false, false, false]);
});

test("the report alone can be asked for", () => {
  const { scalars: found, perClass } = evaluate(["classificationReport"], binary(1));
  expect(found).toEqual({});
  expect(perClass).toEqual(evaluate(["f1"], binary(1)).perClass);
});
