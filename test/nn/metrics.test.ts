import { describe, expect, test } from "vitest";
import { binaryAccuracy } from "../../src/nn/metrics/binaryAccuracy.ts";
import { checkMetrics, evaluate } from "../../src/nn/metrics/evaluate.ts";
import { f1 } from "../../src/nn/metrics/f1.ts";
import { lowerIsBetter, type Metric, metricRules } from "../../src/nn/metrics/index.ts";
import type { Predictions } from "../../src/nn/metrics/predictions.ts";
import { topK } from "../../src/nn/metrics/topK.ts";

/** Rows of [p(class 0), p(class 1), …] and their true classes. */
function rowsOf(rows: readonly (readonly number[])[], labels: readonly number[]): Predictions {
  return {
    rows: rows.length,
    cols: (rows[0] as number[]).length,
    outputs: Float32Array.from(rows.flat()),
    labels: Int32Array.from(labels),
  };
}

const values = (outputs: readonly number[], targets: readonly number[], cols = 1): Predictions => ({
  rows: outputs.length / cols,
  cols,
  outputs: Float32Array.from(outputs),
  targets: Float32Array.from(targets),
});

const scalar = (metric: Metric, predictions: Predictions): number | undefined => Object.values(evaluate([metric], predictions).scalars)[0];

describe("classes", () => {
  test("a tie goes to the first class, for accuracy and top-k alike", () => {
    const tied = rowsOf(
      [
        [0.5, 0.5, 0],
        [0.5, 0.5, 0],
        [0, 0.5, 0.5],
      ],
      [0, 1, 2],
    );
    expect(evaluate(["accuracy", "top1", "top2"], tied).scalars).toEqual({ accuracy: 1 / 3, top1: 1 / 3, top2: 1 });
  });

  test("a single output is class 1 only above a half", () => {
    const one = values([0.5, 0.500001, 0.2, 0.9], [0, 1, 1, 0]);
    expect(scalar("accuracy", one)).toBe(0.5);
    expect(evaluate(["top1", "top2"], one).scalars).toEqual({ top1: 0.5, top2: 1 });
  });

  test("labels, one-hot rows and smoothed rows are the same classes", () => {
    const outputs = [0.1, 0.7, 0.2, 0.6, 0.3, 0.1];
    const labels = rowsOf([outputs.slice(0, 3), outputs.slice(3)], [1, 2]);
    const asked: Metric[] = ["accuracy", "f1", "rocAuc", "confusionMatrix"];
    const expected = evaluate(asked, labels);
    expect(evaluate(asked, values(outputs, [0, 1, 0, 0, 0, 1], 3))).toEqual(expected);
    expect(evaluate(asked, values(outputs, [0.05, 0.9, 0.05, 0.05, 0.05, 0.9], 3))).toEqual(expected);
    expect(expected.confusionMatrix).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
  });

  test("the report names the classes, and numbers them where they have no names", () => {
    const two = rowsOf(
      [
        [1, 0],
        [0, 1],
      ],
      [0, 0],
    );
    expect(evaluate(["precision", "confusionMatrix"], { ...two, classes: ["no", "yes"] })).toEqual({
      rows: 2,
      scalars: { precision: 0.5 },
      classes: ["no", "yes"],
      confusionMatrix: [
        [1, 1],
        [0, 0],
      ],
      perClass: [
        { class: "no", precision: 1, recall: 0.5, f1: 2 / 3, support: 2 },
        { class: "yes", precision: 0, recall: 0, f1: 0, support: 0 },
      ],
    });
    expect(evaluate(["confusionMatrix"], two).classes).toEqual(["0", "1"]);
  });

  test("rocAuc counts a tie half, and is not defined where one class is missing", () => {
    expect(scalar("rocAuc", values([0.5, 0.5, 0.7], [0, 1, 1]))).toBe(0.75);
    expect(scalar("rocAuc", values([0.5, 0.7], [1, 1]))).toBeNaN();
  });
});

describe("names", () => {
  test("a string asks for a metric by the name of its result", () => {
    const p = rowsOf(
      [
        [0.9, 0.1],
        [0.8, 0.2],
        [0.3, 0.7],
      ],
      [0, 1, 1],
    );
    const asked: Metric[] = ["f1", "f1Micro", "f1Weighted", "f1Binary", "precisionWeighted", "recallMicro", "top2"];
    expect(Object.keys(evaluate(asked, p).scalars)).toEqual(asked);
    expect(evaluate([f1({ average: "weighted" }), topK(2)], p).scalars).toEqual(evaluate(["f1Weighted", "top2"], p).scalars);
  });

  test("an unknown name, an unknown setting and a wrong one are refused in one line", () => {
    expect(() => metricRules(["acuracy"], "evaluate")).toThrow('evaluate[0]: unknown metric "acuracy"; did you mean "accuracy"?');
    expect(() => metricRules(["accuracy", 3], "evaluate")).toThrow('evaluate[1]: expected a metric such as "accuracy" or topK(5), got 3');
    expect(() => metricRules([{ kind: "f1", average: "mean" }], "evaluate")).toThrow("evaluate[0].average");
    expect(() => metricRules([{ kind: "f1", beta: 2 }], "evaluate")).toThrow('unknown setting "beta"');
    expect(() => metricRules(["constructor"], "evaluate")).toThrow("unknown metric");
    expect(() => topK(0)).toThrow("topK.k: expected an integer >= 1, got 0");
    expect(() => metricRules("accuracy", "evaluate")).toThrow("expected a list");
  });

  test("losses and errors get better downwards, everything else upwards", () => {
    expect((["loss", "mse", "rmse", "mae"] as const).map(lowerIsBetter)).toEqual([true, true, true, true]);
    expect((["accuracy", "r2", "f1Micro", "top5", "rocAuc"] as const).map(lowerIsBetter)).toEqual([false, false, false, false, false]);
  });
});

describe("what a target allows", () => {
  const classes = rowsOf([[1, 0]], [0]);
  const amounts = values([1, 2], [0.3, 4]);

  test("a metric that does not fit is refused with those that do", () => {
    expect(() => evaluate(["accuracy"], amounts)).toThrow(
      'evaluate[0]: "accuracy" measures classes, but the target is a number; use loss, mse, rmse, mae, mape, r2',
    );
    expect(() => evaluate(["loss", "r2"], classes)).toThrow(
      /^evaluate\[1\]: "r2" measures amounts, but the target is one of 2 classes; use loss, accuracy/,
    );
    expect(() => evaluate(["mse"], classes)).toThrow('"mse" measures a number for each output');
    expect(() => evaluate(["accuracy"], values([1, 1, 0], [1, 1, 0], 3))).toThrow("the target is 3 numbers");
    expect(() => evaluate(["r2"], { ...values([1, 0], [1, 0]), classes: ["no", "yes"] })).toThrow('"r2"');
  });

  test("it can be asked before there are predictions", () => {
    expect(() => checkMetrics(["loss", "accuracy"], { rows: 1, cols: 1, targets: Float32Array.of(0.5) })).toThrow("accuracy");
    expect(checkMetrics(["loss", "f1Micro"], { rows: 1, cols: 3, labels: Int32Array.of(2) }).map((m) => m.kind.kind)).toEqual([
      "loss",
      "f1",
    ]);
  });

  test("labels that go together have a binary accuracy", () => {
    expect(scalar(binaryAccuracy({ threshold: 0.3 }), values([0.4, 0.2, 0.4, 0.9], [1, 0, 0, 1], 2))).toBe(0.75);
  });

  test("zeros and ones of a single output have errors and classes", () => {
    expect(evaluate(["mse", "accuracy"], values([0.5, 1], [0, 1])).scalars).toEqual({ mse: 0.125, accuracy: 1 });
  });
});

describe("bad input", () => {
  test("no rows, a class out of range and outputs that are no numbers are refused", () => {
    expect(() => evaluate(["mse"], values([], []))).toThrow("evaluate: there are no rows to evaluate");
    expect(() => evaluate(["accuracy"], rowsOf([[1, 0]], [2]))).toThrow(
      "row 0 has class number 2, but the model tells 2 classes apart (0 to 1)",
    );
    expect(() =>
      evaluate(
        ["accuracy"],
        rowsOf(
          [
            [1, 0],
            [0, Number.NaN],
          ],
          [0, 0],
        ),
      ),
    ).toThrow("the model's output for row 1 is NaN: training has diverged");
    expect(() => evaluate(["loss"], rowsOf([[1, 0]], [0]))).toThrow("losses are not known");
  });

  test("the loss comes first wherever it is known, and once", () => {
    const p = {
      ...rowsOf(
        [
          [1, 0],
          [0, 1],
        ],
        [0, 1],
      ),
      losses: Float32Array.of(1, 2),
    };
    expect(Object.entries(evaluate(["accuracy", "loss"], p).scalars)).toEqual([
      ["loss", 1.5],
      ["accuracy", 1],
    ]);
  });

  test("a target that does not vary has r2 1 when it is met and 0 otherwise", () => {
    expect(scalar("r2", values([0.1, 0.1, 0.1], [0.1, 0.1, 0.1]))).toBe(1);
    expect(scalar("r2", values([0.1, 0.1, 0.2], [0.1, 0.1, 0.1]))).toBe(0);
  });
});
