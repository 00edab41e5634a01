import { describe, expect, test } from "vitest";
import type { Evaluation } from "../../src/nn/metrics/evaluation.ts";
import { formatEvaluation, formatSummary } from "../../src/pipeline/summary.ts";

const model = {
  name: "sequential",
  layers: [
    { name: "flatten", kind: "flatten", output: [null, 784], parameters: 0 },
    { name: "dense", kind: "dense", output: [null, 128], parameters: 100480 },
    { name: "dense_1", kind: "dense", output: [null, 10], parameters: 1290 },
  ],
  parameters: 101770,
  trainable: 1290,
};

describe("formatSummary", () => {
  test("prints a model as Keras does", () => {
    expect(formatSummary(model)).toBe(
      [
        'Model: "sequential"',
        "┏━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━┳━━━━━━━━━┓",
        "┃ Layer (type)      ┃ Output Shape ┃ Param # ┃",
        "┡━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━╇━━━━━━━━━┩",
        "│ flatten (Flatten) │ (None, 784)  │       0 │",
        "├───────────────────┼──────────────┼─────────┤",
        "│ dense (Dense)     │ (None, 128)  │ 100,480 │",
        "├───────────────────┼──────────────┼─────────┤",
        "│ dense_1 (Dense)   │ (None, 10)   │   1,290 │",
        "└───────────────────┴──────────────┴─────────┘",
        " Total params: 101,770 (397.54 KB)",
        " Trainable params: 1,290 (5.04 KB)",
        " Non-trainable params: 100,480 (392.50 KB)",
      ].join("\n"),
    );
  });

  test("keeps to ASCII where it is asked to, and to one width", () => {
    const lines = formatSummary(model, { ascii: true }).split("\n");
    expect(lines.join("")).toMatch(/^[ -~]*$/);
    expect(lines[3]).toBe("+===================+==============+=========+");
    expect(new Set(lines.slice(1, -3).map((line) => line.length)).size).toBe(1);
  });

  test("writes sizes in powers of 1024 and shapes as Python does", () => {
    const big = formatSummary({
      name: "m",
      layers: [{ name: "a", kind: "dense", output: [null], parameters: 2 ** 20 }],
      parameters: 2 ** 20,
      trainable: 0,
    });
    expect(big).toContain("(None,)");
    expect(big).toContain("Total params: 1,048,576 (4.00 MB)");
    expect(big).toContain("Trainable params: 0 (0.00 B)");
  });
});

/** `count` classes; class 1 is mistaken for class 0 five times. */
function evaluation(count: number): Evaluation {
  const matrix = Array.from({ length: count }, (_, r) =>
    Array.from({ length: count }, (_, c) => (r === c ? 1000 : r === 1 && c === 0 ? 5 : 0)),
  );
  const classes = matrix.map((_, c) => `c${c}`);
  return {
    rows: 12345,
    scalars: { loss: 0.00002, accuracy: 0.98765, r2: -3.5 },
    classes,
    confusionMatrix: matrix,
    perClass: classes.map((name, c) => ({ class: name, precision: c === 0 ? 0.5 : 1, recall: 1, f1: 0.75, support: c === 0 ? 300 : 100 })),
  };
}

describe("formatEvaluation", () => {
  test("lists the numbers, the report and the matrix in columns", () => {
    expect(formatEvaluation(evaluation(2))).toBe(
      [
        "rows        12,345",
        "loss      2.000e-5",
        "accuracy    0.9877",
        "r2         -3.5000",
        "",
        "              precision  recall      f1  support",
        "          c0     0.5000  1.0000  0.7500      300",
        "          c1     1.0000  1.0000  0.7500      100",
        "",
        "    accuracy                     0.9877      400",
        "   macro avg     0.7500  1.0000  0.7500      400",
        "weighted avg     0.6250  1.0000  0.7500      400",
        "",
        "confusion matrix (down: true, across: predicted)",
        "       c0     c1",
        "c0  1,000      0",
        "c1      5  1,000",
      ].join("\n"),
    );
  });

  test("puts intervals and what a trivial model gets beside the numbers", () => {
    const scalars = { loss: 0.05, rocAuc: Number.NaN };
    const baseline = { predicts: "mostFrequentClass", class: "no", scalars: { loss: 0.693147, rocAuc: Number.NaN } } as const;
    const intervals = { confidence: 0.95, resamples: 1000, scalars: { loss: [0.0004, 0.07] } } as const;
    expect(formatEvaluation({ rows: 1200, scalars, baseline, intervals })).toBe(
      [
        "rows     1,200  95 % interval       most frequent class",
        "loss    0.0500  [4.000e-4, 0.0700]               0.6931",
        "rocAuc     NaN                                      NaN",
      ].join("\n"),
    );
    expect(formatEvaluation({ rows: 3, scalars: { mse: 1 }, baseline: { predicts: "mean", scalars: { mse: 2 } } })).toBe(
      ["rows       3  always the mean", "mse   1.0000           2.0000"].join("\n"),
    );
  });

  test("of more than 20 classes it shows 20 and the most frequent mistakes", () => {
    const text = formatEvaluation(evaluation(30));
    expect(text).toContain("\n ... 10 more\n");
    expect(text).toContain("most frequent mistakes between 30 classes\n5  c1 taken for c0");
    expect(text.split("\n").length).toBeLessThan(60);
  });

  test("values alone need no table", () => {
    expect(formatEvaluation({ rows: 3, scalars: { mse: 0.25, mae: 1234567 } })).toBe("rows         3\nmse     0.2500\nmae   1.235e+6");
  });

  test("long class names are clipped", () => {
    const long = "a class whose name nobody would want across a terminal";
    const text = formatEvaluation({
      rows: 1,
      scalars: {},
      classes: [long],
      confusionMatrix: [[1]],
      perClass: [{ class: long, precision: 1, recall: 1, f1: 1, support: 1 }],
    });
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(80);
    expect(text).toContain("a class whose name no...");
  });
});
