// The trivial model that every number is held against: it never looks at a row's input. All that it knows are the targets of the
// training rows.
import { evaluate } from "../nn/metrics/evaluate.ts";
import type { Baseline } from "../nn/metrics/evaluation.ts";
import type { Metric } from "../nn/metrics/index.ts";
import { classCount, className, type Predictions, predictedClasses, type Truth } from "../nn/metrics/predictions.ts";
import type { Session } from "./session.ts";

/**
 * What it puts out for every row: the frequency of each class (of two classes with a single output, that of class 1), or the mean of each
 * number of the target.
 */
export function fitBaseline(truth: Truth): number[] {
  const { rows, cols, labels, targets } = truth;
  const sums = new Array<number>(classCount(truth)).fill(0);
  if (labels !== undefined) for (const label of labels) sums[label] = (sums[label] ?? 0) + 1;
  else for (let i = 0; i < rows * cols; i++) sums[i % cols] = (sums[i % cols] as number) + (targets[i] as number);
  const means = sums.map((sum) => sum / rows);
  return labels !== undefined && cols === 1 ? means.slice(1) : means.slice(0, cols);
}

/** What it gets on the rows of `predictions`: of those, their truth is all that is read. */
export function baselineOf(
  output: readonly number[],
  predictions: Predictions,
  { network, rowLosses }: Session,
  metrics: readonly Metric[],
): Baseline {
  const constant = constantly(output, predictions);
  const { scalars } = evaluate(metrics, { ...constant, losses: rowLosses(constant) });
  if (!network.classifies && predictions.labels === undefined) return { predicts: "mean", scalars };
  return { predicts: "mostFrequentClass", class: className(constant, predictedClasses(constant)[0] as number), scalars };
}

function constantly(output: readonly number[], predictions: Predictions): Predictions {
  const { rows, cols } = predictions;
  const outputs = new Float32Array(rows * cols);
  for (let r = 0; r < rows; r++) outputs.set(output, r * cols);
  return { ...predictions, outputs };
}
