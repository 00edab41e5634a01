// Where usual values end: limits that the training rows set, for dropOutliers and clipOutliers.
import { type Descriptor, interval, number, oneOf, optional, type Rules } from "../../check.ts";
import { column, columnKind, isFloat, type NumericColumn, size, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import { quantile } from "../quantile.ts";
import type { Work } from "../work.ts";
import { valueName } from "./rows.ts";

export interface OutlierSettings {
  /**
   * "iqr" (default): quartiles ± `factor` (default 1.5) times the distance between them. "zScore": mean ± `factor` (default 3) times the
   * deviation, that of the population. "quantiles": those that `range` names (default [0.01, 0.99]).
   */
  readonly method?: "iqr" | "zScore" | "quantiles";
  readonly factor?: number;
  readonly range?: readonly [low: number, high: number];
  /** Default: all inputs that hold numbers (f32 or f64). */
  readonly columns?: Columns;
}

/** By column: the least and the greatest usual value of each feature. */
export type Limits = Readonly<Record<string, { readonly low: readonly number[]; readonly high: readonly number[] }>>;

export const outlierRules: Rules = {
  method: optional(oneOf("iqr", "zScore", "quantiles")),
  factor: optional(number({ above: 0 })),
  range: optional(interval({ min: 0, max: 1 })),
  columns: optional(columnsRule),
};

/** Throws for settings that do not go together. */
export function checkMethod({ method = "iqr", factor, range }: OutlierSettings, kind: string): void {
  if (range !== undefined && method !== "quantiles")
    throw new PipelineError("config", `${kind}.range`, `goes with method "quantiles", got "${method}"; "${method}" has a factor`);
  if (factor !== undefined && method === "quantiles")
    throw new PipelineError("config", `${kind}.factor`, 'method "quantiles" has none; it has a range, such as [0.01, 0.99]');
}

export function* fitLimits(stage: OutlierSettings & Descriptor, train: Table): Work<Limits> {
  const able = train.inputs.filter((name) => {
    const c = column(train, name);
    return c.type === "numeric" && isFloat(c);
  });
  const names = chosenColumns(train, stage.columns, able, `${stage.kind}.columns`);
  const limits: Record<string, Limits[string]> = {};
  for (const [i, name] of names.entries()) {
    const c = column(train, name);
    if (c.type !== "numeric" || !isFloat(c)) {
      const holds = c.type === "numeric" ? "whole numbers (bytes or i32)" : columnKind[c.type];
      throw new PipelineError("config", `${stage.kind}.columns`, `column "${name}" holds ${holds}; expected numbers`);
    }
    const features: (readonly [low: number, high: number])[] = [];
    for (let place = 0; place < size(c.shape); place++) {
      yield Math.floor((i * train.rows) / names.length);
      features.push(featureLimits(stage, c, name, place));
    }
    limits[name] = { low: features.map(([low]) => low), high: features.map(([, high]) => high) };
  }
  return limits;
}

function featureLimits(stage: OutlierSettings & Descriptor, c: NumericColumn, name: string, place: number): readonly [number, number] {
  const width = size(c.shape);
  const known = new Float64Array(c.data.length / width);
  let n = 0;
  for (let i = place; i < c.data.length; i += width) if (!Number.isNaN(c.data[i])) known[n++] = c.data[i] as number;
  const sorted = known.subarray(0, n).sort();
  const what = valueName(name, c, place);
  if (n === 0) throw new PipelineError("data", stage.kind, `${what} is missing in every training row; drop it`);
  const [least, greatest] = [sorted[0] as number, sorted[n - 1] as number];
  if (!Number.isFinite(least) || !Number.isFinite(greatest))
    throw new PipelineError("data", stage.kind, `${what} is infinite in a training row; put requireRange() before`);
  // Equal values are no outliers, whatever the rounding of their mean.
  return least === greatest ? [least, greatest] : methods[stage.method ?? "iqr"](sorted, stage);
}

const methods: Record<
  NonNullable<OutlierSettings["method"]>,
  (sorted: Float64Array, stage: OutlierSettings) => readonly [number, number]
> = {
  iqr(sorted, { factor = 1.5 }) {
    const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
    return [low - factor * (high - low), high + factor * (high - low)];
  },
  zScore(sorted, { factor = 3 }) {
    const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
    const deviation = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length);
    return [mean - factor * deviation, mean + factor * deviation];
  },
  quantiles(sorted, { range: [low, high] = [0.01, 0.99] }) {
    return [quantile(sorted, low), quantile(sorted, high)];
  },
};

const SHOWN = 4;

/** `age 12 to 80, height 1.4 to 2.1`. */
export function limitsText(limits: Limits): string {
  const named = Object.entries(limits);
  const parts = named.slice(0, SHOWN).map(([name, { low, high }]) => {
    return low.length === 1 ? `${name} ${short(low[0])} to ${short(high[0])}` : `${name}: ${low.length} features`;
  });
  return parts.join(", ") + (named.length > SHOWN ? `, … (${named.length} columns)` : "");
}

export const short = (value: number | undefined): string => String(Number(Number(value).toPrecision(4)));
