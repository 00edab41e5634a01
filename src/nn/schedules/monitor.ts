// What early stopping and reduce-on-plateau watch: one number of an epoch, and which way is better.
import { oneOf, optional, type Rule, rule } from "../../check.ts";
import { PipelineError, show } from "../../errors.ts";
import { lowerIsBetter, type MetricName, metricRule } from "../metrics/index.ts";

/** Such as "validation.loss" or "train.accuracy". */
export type Monitor = `${"train" | "validation"}.${MetricName}`;

export interface MonitorOptions {
  /** Default "validation.loss", or "train.loss" where nothing is held out for validation. */
  readonly monitor?: Monitor;
  /** Whether less ("min") or more ("max") is better. Default "auto": by the metric. */
  readonly mode?: "auto" | "min" | "max";
  /** A smaller change is no improvement. */
  readonly minDelta?: number;
}

/** The numbers of an epoch, as its event holds them. */
export interface EpochScalars {
  readonly train: Readonly<Record<string, number>>;
  readonly validation?: Readonly<Record<string, number>>;
}

const monitorRule: Rule = rule({ type: "string" }, (value, at) => {
  if (typeof value === "string" && /^(train|validation)\./.test(value)) return metricRule(metricOf(value as Monitor), at);
  throw new PipelineError("config", at, `expected "train." or "validation." and a metric, such as "validation.loss", got ${show(value)}`);
});

export const monitorRules = { monitor: optional(monitorRule), mode: optional(oneOf("auto", "min", "max")) };

/** The watched number of this epoch. */
export function monitored({ monitor }: MonitorOptions, epoch: EpochScalars, at: string): number {
  const name = nameOf(monitor, epoch.validation !== undefined);
  const all = new Map([
    ...Object.entries(epoch.train).map(([metric, value]) => [`train.${metric}`, value] as const),
    ...Object.entries(epoch.validation ?? {}).map(([metric, value]) => [`validation.${metric}`, value] as const),
  ]);
  const value = all.get(name);
  if (value !== undefined) return value;
  const problem =
    epoch.validation === undefined && name.startsWith("validation.")
      ? `"${name}" needs validation rows; set split.validation, such as 0.1`
      : `"${name}" is not measured after each epoch; use ${[...all.keys()].join(", ")}`;
  throw new PipelineError("config", `${at}.monitor`, problem);
}

const metricOf = (monitor: Monitor): MetricName => monitor.slice(monitor.indexOf(".") + 1) as MetricName;

function nameOf(monitor: Monitor | undefined, validation: boolean): Monitor {
  return monitor ?? (validation ? "validation.loss" : "train.loss");
}

/** Whether `value` beats `best` by more than `minDelta`; the first number beats nothing (null), NaN never wins. */
export function improves({ monitor, mode = "auto" }: MonitorOptions, value: number, best: number | null, minDelta: number): boolean {
  const sign = mode === "min" || (mode === "auto" && lowerIsBetter(metricOf(nameOf(monitor, true)))) ? 1 : -1;
  return sign * value + minDelta < (best === null ? Number.POSITIVE_INFINITY : sign * best);
}
