// y = (x - mean) / deviation, both of the training rows.
import { type Descriptor, describe, optional, type Rules } from "../../check.ts";
import { size } from "../../data/table.ts";
import { type Columns, columnsRule } from "../columns.ts";
import type { AffineStage } from "../stage.ts";
import { defaultPer, eachValue, type Per, per } from "./features.ts";

export interface Standardize extends Descriptor {
  readonly kind: "standardize";
  readonly per?: Per;
  readonly columns?: Columns;
}

/** One number of each for all features together, or one a feature. */
export interface Moments {
  readonly mean: readonly number[];
  /** Of the population: the mean squared distance from the mean. */
  readonly variance: readonly number[];
}

const rules: Rules = { per: optional(per), columns: optional(columnsRule) };

/**
 * Centres each input column on its training mean and divides by its training deviation (that of the population). `per: "all"` takes
 * one mean and deviation for the whole column, the default for pictures; `"feature"` one for each entry, the default for vectors. A
 * constant feature is only centred. In a table of many columns each number is a feature; `columns` says which (default: all but the 0 and 1
 * of `oneHot`).
 */
export function standardize(settings: Omit<Standardize, "kind"> = {}): Standardize {
  return describe<Standardize>("standardize", settings, rules);
}

export const standardizeStage: AffineStage<Standardize, Moments> = {
  kind: "standardize",
  rules,
  changes: "scale",
  *fit(stage, train) {
    const width = size(train.shape);
    const all = (stage.per ?? defaultPer(train)) === "all";
    const groups = all ? 1 : width;
    const n = train.rows * (all ? width : 1);
    const sum = new Float64Array(groups);
    yield* eachValue(train, "standardize", (feature, value) => {
      const i = all ? 0 : feature;
      sum[i] = (sum[i] as number) + value;
    });
    const mean = sum.map((total) => total / n);
    // A second pass over distances from the mean: the sum of squares minus the square of the sum would cancel. What the rounding of
    // the mean adds is taken off again by the sum of the distances.
    const squares = new Float64Array(groups);
    const rest = new Float64Array(groups);
    yield* eachValue(train, "standardize", (feature, value) => {
      const i = all ? 0 : feature;
      const distance = value - (mean[i] as number);
      rest[i] = (rest[i] as number) + distance;
      squares[i] = (squares[i] as number) + distance * distance;
    });
    const variance = squares.map((total, i) => Math.max(0, (total - ((rest[i] as number) * (rest[i] as number)) / n) / n));
    // Below this a variance is the rounding of equal values.
    const rounding = mean.map((m, i) => n * Number.EPSILON * (variance[i] as number) + (n * m * Number.EPSILON) ** 2);
    return { mean: [...mean], variance: Array.from(variance, (v, i) => (v <= (rounding[i] as number) ? 0 : v)) };
  },
  affine(_, { mean, variance }) {
    const scale = variance.map((v) => (v === 0 ? 1 : 1 / Math.sqrt(v)));
    return { scale, shift: mean.map((m, i) => -m * (scale[i] as number)) };
  },
};
