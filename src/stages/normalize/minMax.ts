// y = (x - min) / (max - min), stretched to [low, high]; min and max are those of the training rows.
import { type Descriptor, describe, interval, optional, type Rules } from "../../check.ts";
import { size } from "../../data/table.ts";
import { type Columns, columnsRule } from "../columns.ts";
import type { AffineStage } from "../stage.ts";
import { defaultPer, eachValue, type Per, per } from "./features.ts";

export interface MinMax extends Descriptor {
  readonly kind: "minMax";
  readonly to?: readonly [low: number, high: number];
  readonly per?: Per;
  readonly columns?: Columns;
}

/** One number of each for all features together, or one a feature. */
export interface Bounds {
  readonly min: readonly number[];
  readonly max: readonly number[];
}

const rules: Rules = { to: optional(interval()), per: optional(per), columns: optional(columnsRule) };

/**
 * Stretches each input column linearly so that its training rows span `to` (default [0, 1]); other rows may fall outside. `per: "all"`
 * takes one minimum and maximum for the whole column, the default for pictures; `"feature"` one for each entry, the default for
 * vectors. A constant feature becomes the lower bound. In a table of many columns each number
 * is a feature; `columns` says which (default: all but the 0 and 1 of `oneHot`).
 */
export function minMax(settings: Omit<MinMax, "kind"> = {}): MinMax {
  return describe<MinMax>("minMax", settings, rules);
}

export const minMaxStage: AffineStage<MinMax, Bounds> = {
  kind: "minMax",
  rules,
  changes: "scale",
  *fit(stage, train) {
    const all = (stage.per ?? defaultPer(train)) === "all";
    const min = new Float64Array(all ? 1 : size(train.shape)).fill(Number.POSITIVE_INFINITY);
    const max = new Float64Array(min.length).fill(Number.NEGATIVE_INFINITY);
    yield* eachValue(train, "minMax", (feature, value) => {
      const i = all ? 0 : feature;
      if (value < (min[i] as number)) min[i] = value;
      if (value > (max[i] as number)) max[i] = value;
    });
    return { min: [...min], max: [...max] };
  },
  affine(stage, { min, max }) {
    const [low, high] = stage.to ?? [0, 1];
    const scale = min.map((least, i) => (high - low) / ((max[i] as number) - least || 1));
    return { scale, shift: min.map((least, i) => low - least * (scale[i] as number)) };
  },
};
