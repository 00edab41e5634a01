// Measures predictions. What a metric cannot measure is refused with what fits instead; `checkMetrics` can do so before training.
import type { Descriptor } from "../../check.ts";
import { PipelineError } from "../../errors.ts";
import type { Evaluation } from "./evaluation.ts";
import { type Metric, metricNames, type ResolvedMetric, resolveMetric } from "./index.ts";
import type { Measured, MetricKind } from "./metric.ts";
import { actualClasses, classCount, type Predictions, predictedClasses, type TargetIs, type Truth, targetIs } from "./predictions.ts";
import { improbable } from "./probabilities.ts";
import { ranking } from "./ranking.ts";
import { everyRow, type OfSample, type Sample } from "./sample.ts";
import { tallying } from "./tally.ts";

export interface Measurement {
  readonly evaluation: Evaluation;
  readonly predictions: Predictions;
  /** What gives its scalars, for other samples of the rows. */
  readonly computed: ReadonlyMap<string, OfSample>;
}

/** `scalars` starts with the loss where it is known. */
export const evaluate = (list: readonly Metric[], predictions: Predictions, at?: string): Evaluation =>
  measure(list, predictions, at).evaluation;

export function measure(list: readonly Metric[], predictions: Predictions, at = "evaluate"): Measurement {
  if (predictions.rows === 0) throw new PipelineError("data", at, "there are no rows to evaluate");
  const asked = checkMetrics(list, predictions, at);
  const loss = predictions.losses === undefined ? [] : [resolveMetric("loss", at)];
  checkOutputs(predictions, at);
  const on = measured(predictions);
  const all = [...loss, ...asked];
  const computed = new Map(
    all.flatMap(({ metric, kind }) => (kind.compute === undefined ? [] : [[kind.name(metric), kind.compute(metric, on)] as const])),
  );
  const notes = new Set(all.flatMap(({ kind }) => kind.note?.(on) ?? []));
  const evaluation: Evaluation = {
    rows: predictions.rows,
    scalars: Object.fromEntries([...computed].map(([name, compute]) => [name, compute(on.all)])),
    ...(notes.size > 0 && { notes: [...notes] }),
    ...Object.assign({}, ...all.map(({ kind }) => kind.report?.(on))),
  };
  return { evaluation, predictions, computed };
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
  const tallied = once(() => tallying(actual(), predicted(), classCount(predictions)));
  return {
    ...predictions,
    all: everyRow(predictions.rows),
    actual,
    predicted,
    tally: lately((sample: Sample) => tallied()(sample)),
    values: once(() => predictions.targets ?? Float32Array.from(predictions.labels)),
    ranking: each((label: number) => lately(ranking(predictions, actual(), label))),
    improbable: once(() => improbable(predictions)),
  };
}

function once<T>(compute: () => T): () => T {
  const known = each(() => compute());
  return () => known(undefined);
}

/** Computes for each argument once. */
function each<A, T>(compute: (of: A) => T): (of: A) => T {
  const known = new Map<A, { readonly value: T }>();
  return (of) => {
    const found = known.get(of) ?? { value: compute(of) };
    known.set(of, found);
    return found.value;
  };
}

/** As `each`, but remembers the last argument only. */
function lately<A, T>(compute: (of: A) => T): (of: A) => T {
  let last: { readonly of: A; readonly value: T } | undefined;
  return (of) => {
    if (last?.of !== of) last = { of, value: compute(of) };
    return last.value;
  };
}
