// What a run measures. What its target does not allow is refused before training, not after.
import { numericColumn } from "../data/table.ts";
import { checkMetrics } from "../nn/metrics/evaluate.ts";
import type { Metric, MetricName } from "../nn/metrics/index.ts";
import type { Network } from "../nn/network.ts";
import { monitored } from "../nn/schedules/monitor.ts";
import { watched } from "./callbacks.ts";
import type { EvaluateSettings, Pipeline } from "./define.ts";
import { type ImportancePlan, importancePlan } from "./importance.ts";
import type { Divided } from "./normalize.ts";
import { truthOf } from "./session.ts";

export interface Measures {
  readonly metrics: readonly Metric[];
  readonly confidence: number | false;
  readonly importance: ImportancePlan | undefined;
  /** Where the metrics stand. */
  readonly at: string;
}

/** What is asked for at the end; the loss is always there besides. */
export function measuresOf(asked: Pipeline["evaluate"], network: Network): Measures {
  const settings = evaluateSettingsOf(asked);
  const { metrics = network.classifies ? ["accuracy"] : [], confidence = 0.95 } = settings;
  const importance = importancePlan(settings.importance, metrics);
  return { metrics, confidence, importance, at: isList(asked) ? "evaluate" : "evaluate.metrics" };
}

export const evaluateSettingsOf = (asked: Pipeline["evaluate"]): EvaluateSettings => (isList(asked) ? { metrics: asked } : (asked ?? {}));

const isList = (asked: Pipeline["evaluate"]): asked is readonly Metric[] => Array.isArray(asked);

/** What is measured after each epoch: on training rows, and on validation rows with what callbacks watch. */
export function quickMetrics(pipeline: Pipeline, network: Network): { train: readonly MetricName[]; validation: readonly MetricName[] } {
  const train: readonly MetricName[] = network.classifies ? ["loss", "accuracy"] : ["loss"];
  return { train, validation: [...new Set([...train, ...(watched(pipeline.train.callbacks ?? []) as MetricName[])])] };
}

export function checkMeasures(pipeline: Pipeline, network: Network, { train, validation }: Divided): void {
  const truth = truthOf(network, numericColumn(train, train.target), train.rows);
  const { metrics, importance, at } = measuresOf(pipeline.evaluate, network);
  checkMetrics(metrics, truth, at);
  if (importance !== undefined) checkMetrics([importance.metric], truth, "evaluate.importance.metric");
  const quick = quickMetrics(pipeline, network);
  checkMetrics(quick.validation, truth, "train.callbacks");
  const zeros = (names: readonly string[]): Record<string, number> => Object.fromEntries(names.map((name) => [name, 0]));
  const epoch = { train: zeros(quick.train), ...(validation && { validation: zeros(quick.validation) }) };
  for (const [i, callback] of (pipeline.train.callbacks ?? []).entries())
    monitored(callback, epoch, `train.callbacks[${i}] ${callback.kind}`);
}
