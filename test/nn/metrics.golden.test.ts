// Against scikit-learn and Keras.
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/nn/metrics/evaluate.ts";
import type { Metric } from "../../src/nn/metrics/index.ts";
import type { Predictions } from "../../src/nn/metrics/predictions.ts";
import { golden, noGolden } from "../support/golden.ts";

type Average = Record<"precision" | "recall" | "f1", number>;

interface SklearnCase {
  readonly id: string;
  readonly op: "classification" | "binaryScores" | "multiclassScores" | "regression";
  readonly labels: readonly number[];
  readonly yTrue: readonly number[];
  readonly yPred: readonly number[];
  readonly yScore: readonly (number | number[])[];
  readonly expected: Record<string, number> & {
    readonly confusionMatrix: readonly (readonly number[])[];
    readonly macro: Average;
    readonly micro: Average;
    readonly weighted: Average;
    readonly perClass: Record<"precision" | "recall" | "f1" | "support", readonly number[]>;
  };
}

const cases = (op: SklearnCase["op"]): SklearnCase[] => (golden<SklearnCase>("metrics") ?? []).filter((c) => c.op === op);

function labelled({ labels, yTrue }: SklearnCase, outputs: readonly number[]): Predictions {
  return { rows: yTrue.length, cols: labels.length, outputs: Float32Array.from(outputs), labels: Int32Array.from(yTrue) };
}

function expectScalars(asked: readonly Metric[], predictions: Predictions, expected: Record<string, number | undefined>, digits = 9): void {
  const { scalars } = evaluate(asked, predictions);
  for (const [name, value] of Object.entries(expected)) {
    if (Number.isNaN(value)) expect(scalars[name], name).toBeNaN();
    else expect(scalars[name], name).toBeCloseTo(value as number, digits);
  }
}

describe.skipIf(noGolden)("scikit-learn", () => {
  test.each(cases("classification"))("counts of classes: $id", (c) => {
    const { macro, micro, weighted, perClass, confusionMatrix, accuracy, balancedAccuracy, mcc, cohenKappa } = c.expected;
    const predictions = labelled(
      c,
      c.yPred.flatMap((p) => c.labels.map((label) => (label === p ? 1 : 0))),
    );
    const of = ["precision", "recall", "f1"] as const;
    const expected: Record<string, number | undefined> = { accuracy, balancedAccuracy, mcc, cohenKappa: Number(cohenKappa) };
    for (const m of of) Object.assign(expected, { [m]: macro[m], [`${m}Micro`]: micro[m], [`${m}Weighted`]: weighted[m] });
    expectScalars(Object.keys(expected) as Metric[], predictions, expected);
    const report = evaluate(["f1", "confusionMatrix"], predictions);
    expect(report.confusionMatrix).toEqual(confusionMatrix);
    report.perClass?.forEach((line, i) => {
      for (const m of of) expect(line[m], m).toBeCloseTo(perClass[m][i] as number, 9);
      expect(line.support).toBe(perClass.support[i]);
    });
    expect(report.perClass).toHaveLength(c.labels.length);
  });

  test.each(cases("binaryScores"))(
    "scores of two classes: $id",
    ({ yTrue, yScore, expected: { rocAuc, averagePrecision, logLoss, brier } }) => {
      const scores = yScore as number[];
      const labels = Int32Array.from(yTrue);
      const both = scores.flatMap((s) => [1 - s, s]);
      for (const [cols, outputs] of [[1, scores] as const, [2, both] as const]) {
        const predictions = { rows: scores.length, cols, outputs: Float32Array.from(outputs), labels };
        expectScalars(["rocAuc", "averagePrecision"], predictions, { rocAuc, averagePrecision });
        expectScalars(["logLoss", "brierScore"], predictions, { logLoss, brierScore: brier }, 6);
      }
    },
  );

  test.each(cases("multiclassScores"))("scores of classes: $id", (c) => {
    const { top2, top3, rocAucOvrMacro, logLoss } = c.expected;
    const predictions: Predictions = {
      rows: c.yTrue.length,
      cols: 4,
      outputs: Float32Array.from(c.yScore.flat()),
      labels: Int32Array.from(c.yTrue),
    };
    expectScalars(["top2", "top3", "rocAuc"], predictions, { top2, top3, rocAuc: rocAucOvrMacro });
    expectScalars(["logLoss"], predictions, { logLoss }, 6);
  });

  test.each(cases("regression"))("values: $id", ({ yTrue, yPred, expected: { mse, rmse, mae, mape, r2 } }) => {
    const predictions: Predictions = { rows: yTrue.length, cols: 1, outputs: Float32Array.from(yPred), targets: Float32Array.from(yTrue) };
    // Computed from decimals, of which ours see the nearest f32.
    expectScalars(["mse", "rmse", "mae", "r2"], predictions, { mse, rmse, mae, r2 }, 7);
    expectScalars(["mape"], predictions, { mape }, 6);
  });
});

interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly dtype?: "int32";
}

interface KerasCase {
  readonly id: string;
  readonly metric: string;
  readonly config: { readonly k?: number; readonly average?: "macro" | "micro" | "weighted"; readonly threshold?: number };
  readonly batches: readonly { readonly yTrue: Tensor; readonly yPred: Tensor; readonly sampleWeight?: Tensor }[];
  readonly resultAfterEachBatch: readonly Tensor[];
}

/** Keras's metrics that ours agree with; undefined where a setting has no counterpart. */
function metricFor({ metric, config, resultAfterEachBatch }: KerasCase): Metric | undefined {
  if ((resultAfterEachBatch[0] as Tensor).shape.length > 0) return undefined;
  const averages = { macro: "f1", micro: "f1Micro", weighted: "f1Weighted" } as const;
  const known: Record<string, Metric | undefined> = {
    BinaryAccuracy: { kind: "binaryAccuracy", threshold: config.threshold ?? 0.5 },
    Precision: "precisionBinary",
    Recall: "recallBinary",
    MeanSquaredError: "mse",
    MeanAbsoluteError: "mae",
    RootMeanSquaredError: "rmse",
    R2Score: "r2",
    CategoricalAccuracy: "accuracy",
    SparseCategoricalAccuracy: "accuracy",
    TopKCategoricalAccuracy: `top${config.k ?? 5}`,
    SparseTopKCategoricalAccuracy: `top${config.k ?? 5}`,
    F1Score: config.average && averages[config.average],
  };
  return known[metric];
}

const kerasCases = (golden<KerasCase>("keras/metrics") ?? []).flatMap((c) => {
  const metric = c.batches[0]?.sampleWeight === undefined ? metricFor(c) : undefined;
  return metric === undefined ? [] : [{ ...c, metric }];
});

describe.skipIf(noGolden)("Keras", () => {
  test("most kinds of metric are compared", () => {
    expect(kerasCases.length).toBeGreaterThanOrEqual(15);
  });

  test.each(kerasCases)("$id", ({ metric, batches, resultAfterEachBatch }) => {
    batches.forEach((_, last) => {
      const seen = batches.slice(0, last + 1);
      const truth = seen.flatMap((b) => b.yTrue.data);
      const sparse = seen[0]?.yTrue.dtype === "int32";
      const predictions: Predictions = {
        rows: seen.reduce((rows, b) => rows + (b.yPred.shape[0] as number), 0),
        cols: seen[0]?.yPred.shape[1] ?? 1,
        outputs: Float32Array.from(seen.flatMap((b) => b.yPred.data)),
        ...(sparse ? { labels: Int32Array.from(truth) } : { targets: Float32Array.from(truth) }),
      };
      const [value] = Object.values(evaluate([metric], predictions).scalars);
      expect(value).toBeCloseTo(resultAfterEachBatch[last]?.data[0] as number, 6);
    });
  });
});
