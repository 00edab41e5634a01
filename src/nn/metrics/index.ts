// Every metric by its kind: adding one is its file and a line here.
import { type Descriptor, describe, listOf, type Rule, rule } from "../../check.ts";
import { PipelineError, show, unknownName } from "../../errors.ts";
import { accuracyMetric } from "./accuracy.ts";
import { cohenKappaMetric, matthewsCorrcoefMetric } from "./agreement.ts";
import type { Average } from "./average.ts";
import { type AveragePrecision, averagePrecisionMetric } from "./averagePrecision.ts";
import { balancedAccuracyMetric } from "./balancedAccuracy.ts";
import { type BinaryAccuracy, binaryAccuracyMetric } from "./binaryAccuracy.ts";
import { classificationReportMetric } from "./classReport.ts";
import { confusionMatrixMetric } from "./confusionMatrix.ts";
import { type F1, f1Metric } from "./f1.ts";
import { lossMetric } from "./loss.ts";
import { alias, type MetricKind } from "./metric.ts";
import { type Precision, precisionMetric } from "./precision.ts";
import { brierScoreMetric, type ExpectedCalibrationError, expectedCalibrationErrorMetric, logLossMetric } from "./probabilities.ts";
import { r2Metric } from "./r2.ts";
import { type Recall, recallMetric } from "./recall.ts";
import { maeMetric, mapeMetric, mseMetric, rmseMetric, spelledOut } from "./regression.ts";
import { type RocAuc, rocAucMetric } from "./rocAuc.ts";
import { type TopK, topKMetric } from "./topK.ts";

const known = [
  lossMetric,
  accuracyMetric,
  balancedAccuracyMetric,
  binaryAccuracyMetric,
  topKMetric,
  precisionMetric,
  recallMetric,
  f1Metric,
  matthewsCorrcoefMetric,
  cohenKappaMetric,
  rocAucMetric,
  averagePrecisionMetric,
  logLossMetric,
  brierScoreMetric,
  expectedCalibrationErrorMetric,
  classificationReportMetric,
  confusionMatrixMetric,
  mseMetric,
  rmseMetric,
  maeMetric,
  mapeMetric,
  r2Metric,
  ...spelledOut,
  alias("mcc", matthewsCorrcoefMetric),
  alias("prAuc", averagePrecisionMetric),
  alias("ece", expectedCalibrationErrorMetric),
] as const;

export const metrics: ReadonlyMap<string, MetricKind<Descriptor>> = new Map(known.map((m) => [m.kind, m as MetricKind<Descriptor>]));

/** A metric is asked for by the name of its result. */
export type MetricName =
  | "loss"
  | "accuracy"
  | "balancedAccuracy"
  | "binaryAccuracy"
  | `top${number}`
  | `${"precision" | "recall" | "f1"}${"" | Capitalize<Exclude<Average, "macro">>}`
  | "matthewsCorrcoef"
  | "mcc"
  | "cohenKappa"
  | `${"rocAuc" | "averagePrecision"}${"" | "Weighted"}`
  | "prAuc"
  | "logLoss"
  | "brierScore"
  | "expectedCalibrationError"
  | "ece"
  | "classificationReport"
  | "confusionMatrix"
  | "mse"
  | "rmse"
  | "mae"
  | "mape"
  | "meanSquaredError"
  | "rootMeanSquaredError"
  | "meanAbsoluteError"
  | "meanAbsolutePercentageError"
  | "r2";

export type Metric = MetricName | AveragePrecision | BinaryAccuracy | ExpectedCalibrationError | F1 | Precision | Recall | RocAuc | TopK;

export interface ResolvedMetric {
  readonly metric: Descriptor;
  readonly kind: MetricKind<Descriptor>;
}

/** A name such as "f1Micro" or a descriptor such as f1({ average: "micro" }), checked. */
export function resolveMetric(value: unknown, at: string): ResolvedMetric {
  const metric = typeof value === "string" ? named(value) : value;
  const name = (metric as Descriptor | null | undefined)?.kind;
  if (typeof name !== "string") {
    if (typeof value !== "string")
      throw new PipelineError("config", at, `expected a metric such as "accuracy" or topK(5), got ${show(value)}`);
    throw new PipelineError("config", at, unknownName("metric", value, metricNames()));
  }
  const kind = metrics.get(name);
  if (kind === undefined) throw new PipelineError("config", at, unknownName("metric", name, [...metrics.keys()]));
  return { metric: describe(name, metric as Descriptor, kind.rules, at), kind };
}

function named(name: string): Descriptor | undefined {
  for (const kind of metrics.values()) {
    const found = kind.name({ kind: kind.kind }) === name ? { kind: kind.kind } : kind.parse?.(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** For messages: names to ask for; `top5` and the bare averages stand for their likes. */
export const metricNames = (which: (kind: MetricKind<Descriptor>) => boolean = () => true): string[] =>
  [...metrics.values()]
    .filter((kind) => kind.aliasOf === undefined && which(kind))
    .map(({ kind }) => (kind === topKMetric.kind ? "top5" : kind));

const names = [...metrics.keys()].filter((name) => name !== topKMetric.kind);

export const metricRule: Rule = rule({ type: "descriptor", family: "metric", names }, (value, at) => {
  resolveMetric(value, at);
});

/** A list of metrics. */
export const metricRules: Rule = listOf(metricRule);

/** For early stopping and the like: which way a metric's result gets better. */
export const lowerIsBetter = (name: MetricName): boolean => resolveMetric(name, "metric").kind.better === "lower";
