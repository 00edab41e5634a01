// Measures predictions. What a metric cannot measure is refused with what fits instead; `checkMetrics` can do so before training.
import type { Descriptor } from "../../check.ts";
import { PipelineError } from "../../errors.ts";
import type { Evaluation } from "./evaluation.ts";
import { type Metric, metricNames, type ResolvedMetric, resolveMetric } from "./index.ts";
import type { Measured, MetricKind } from "./metric.ts";
import { actualClasses, classCount, type Predictions, predictedClasses, type TargetIs, type Truth, targetIs } from "./predictions.ts";
import { tally } from "./tally.ts";

/** `scalars` starts with the loss where it is known. */
export function evaluate(list: readonly Metric[], predictions: Predictions, at = "evaluate"): Evaluation {
  if (predictions.rows === 0) throw new PipelineError("data", at, "there are no rows to evaluate");
  const asked = checkMetrics(list, predictions, at);
  const loss = predictions.losses === undefined ? [] : [resolveMetric("loss", at)];
  checkOutputs(predictions, at);
  const on = measured(predictions);
  const scalars: Record<string, number> = {};
  const reports: Partial<Evaluation>[] = [];
  for (const { metric, kind } of [...loss, ...asked]) {
    if (kind.compute !== undefined) scalars[kind.name(metric)] = kind.compute(metric, on);
    if (kind.report !== undefined) reports.push(kind.report(on));
  }
  return Object.assign({ rows: predictions.rows, scalars }, ...reports);
}

const meaning: Readonly<Record<keyof TargetIs, string>> = {
  classes: "classes",
  decisions: "a 0 or 1 for each output",
  values: "a number for each output",
  quantities: "amounts",
};

/** Throws for a metric that this target does not allow. */
export function checkMetrics(list: readonly Metric[], truth: Truth, at = "evaluate"): ResolvedMetric[] {
  const is = targetIs(truth);
  const fits = ({ needs }: MetricKind<Descriptor>): boolean => needs === "anything" || is[needs];
  return list.map((item, i) => {
    const resolved = resolveMetric(item, `${at}[${i}]`);
    const { kind, metric } = resolved;
    if (kind.needs === "anything" || fits(kind)) return resolved;
    const target = is.classes ? `one of ${classCount(truth)} classes` : truth.cols === 1 ? "a number" : `${truth.cols} numbers`;
    throw new PipelineError(
      "config",
      `${at}[${i}]`,
      `"${kind.name(metric)}" measures ${meaning[kind.needs]}, but the target is ${target}; use ${metricNames(fits).join(", ")}`,
    );
  });
}

function checkOutputs({ outputs, cols }: Predictions, at: string): void {
  const wrong = outputs.findIndex((v) => !Number.isFinite(v));
  if (wrong < 0) return;
  throw new PipelineError(
    "numeric",
    at,
    `the model's output for row ${Math.floor(wrong / cols)} is ${outputs[wrong]}: training has diverged; lower the learning rate or clip gradients`,
  );
}

function measured(predictions: Predictions): Measured {
  const actual = once(() => actualClasses(predictions));
  const predicted = once(() => predictedClasses(predictions));
  return {
    ...predictions,
    actual,
    predicted,
    tally: once(() => tally(actual(), predicted(), classCount(predictions))),
    values: once(() => predictions.targets ?? Float32Array.from(predictions.labels)),
  };
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
