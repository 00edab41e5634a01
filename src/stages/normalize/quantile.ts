// y = the share of training values below x, or the normal deviate with that share below it. As scikit-learn's QuantileTransformer.
import { type Descriptor, describe, number, oneOf, optional, type Rules } from "../../check.ts";
import { normalQuantile } from "../../random.ts";
import { type Columns, columnsRule } from "../columns.ts";
import { quantile as quantileOf } from "../quantile.ts";
import type { CurveStage } from "../stage.ts";
import { defaultPer, eachSorted, type Per, per } from "./features.ts";

export interface Quantile extends Descriptor {
  readonly kind: "quantile";
  readonly outputDistribution?: "uniform" | "normal";
  readonly quantiles?: number;
  readonly per?: Per;
  readonly columns?: Columns;
}

const rules: Rules = {
  outputDistribution: optional(oneOf("uniform", "normal")),
  quantiles: optional(number({ min: 2, integer: true })),
  per: optional(per),
  columns: optional(columnsRule),
};

/** So near an end, or beyond it, a number counts as the end where the output is normal; and no output is rarer than this. */
const EDGE = 1e-7;
const FARTHEST = normalQuantile(1 - (EDGE - Number.EPSILON));

/**
 * Spreads numbers evenly over [0, 1] (`outputDistribution: "uniform"`, default), or as a standard normal distribution ("normal", cut off at
 * ±5.2), by their rank among training rows: between `quantiles` (default 1000; no more than there are rows) of those in proportion, and
 * at the ends beyond. Equal values get the middle of their ranks. `per` and `columns` are those of `standardize`. Of a column of more than four
 * million values it looks at evenly spread rows.
 */
export function quantile(settings: Omit<Quantile, "kind"> = {}): Quantile {
  return describe<Quantile>("quantile", settings, rules);
}

/** The values at quantiles that are equally far from each other: one list for all features together, or one a feature. */
export interface Quantiles {
  readonly values: readonly (readonly number[])[];
}

/** As NumPy's `linspace`, to the last bit: whether a quantile meets a value that occurs often is a matter of rounding. */
const reference = (i: number, count: number): number => (i === count - 1 ? 1 : i * (1 / (count - 1)));

export const quantileStage: CurveStage<Quantile, Quantiles> = {
  kind: "quantile",
  rules,
  changes: "curve",
  *fit({ per, quantiles = 1000 }, train) {
    const values: number[][] = [];
    const count = Math.min(quantiles, train.rows);
    yield* eachSorted(train, (per ?? defaultPer(train)) === "all", "quantile", (sorted) => {
      values.push(count === 1 ? [sorted[0] as number] : places(count).map((q) => quantileOf(sorted, q)));
    });
    return { values };
  },
  curve({ outputDistribution = "uniform" }, { values }, feature) {
    const known = Float64Array.from(values[values.length === 1 ? 0 : feature] as readonly number[]);
    const [least, most] = [known[0] as number, known[known.length - 1] as number];
    if (outputDistribution === "uniform") return (x) => (x <= least ? 0 : x >= most ? 1 : rank(known, x));
    return (x) => {
      if (x - EDGE < least) return -FARTHEST;
      if (x + EDGE > most) return FARTHEST;
      return Math.max(-FARTHEST, Math.min(FARTHEST, normalQuantile(rank(known, x))));
    };
  },
};

const places = (count: number): number[] => Array.from({ length: count }, (_, i) => (reference(i, count) * 100) / 100);

/** The share of values below `x`, which lies between the ends. */
function rank(known: Float64Array, x: number): number {
  const count = known.length;
  const above = firstAbove(known, x);
  const before = known[above - 1] as number;
  const at = reference(above - 1, count);
  if (before < x) return at + ((x - before) / ((known[above] as number) - before)) * (reference(above, count) - at);
  let first = above - 1;
  while (known[first - 1] === x) first--;
  return (reference(first, count) + at) / 2;
}

function firstAbove(known: Float64Array, x: number): number {
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((known[middle] as number) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
