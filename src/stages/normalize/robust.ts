// y = (x - median) / (distance between two quantiles), all of the training rows. As scikit-learn's RobustScaler.
import { boolean, type Descriptor, describe, interval, optional, type Rules } from "../../check.ts";
import { PipelineError } from "../../errors.ts";
import { normalQuantile } from "../../random.ts";
import { type Columns, columnsRule } from "../columns.ts";
import { quantile } from "../quantile.ts";
import type { AffineStage } from "../stage.ts";
import { defaultPer, eachSorted, type Per, per } from "./features.ts";

export interface Robust extends Descriptor {
  readonly kind: "robust";
  readonly quantiles?: readonly [low: number, high: number];
  readonly unitVariance?: boolean;
  readonly per?: Per;
  readonly columns?: Columns;
}

/** One number of each for all features together, or one a feature. */
export interface Spread {
  readonly center: readonly number[];
  readonly scale: readonly number[];
}

const rules: Rules = {
  quantiles: optional(interval({ min: 0, max: 1 })),
  unitVariance: optional(boolean),
  per: optional(per),
  columns: optional(columnsRule),
};

/**
 * Centres each input column on its training median and divides by the distance between two `quantiles` (default [0.25, 0.75]), on which a few
 * extreme values have no hold. With `unitVariance` normally distributed values end with a deviation of 1. `per` and `columns` are those of
 * `standardize`; where the quantiles are equal, a feature is only centred. Of a column of more than four million values it looks at evenly
 * spread rows.
 */
export function robust(settings: Omit<Robust, "kind"> = {}): Robust {
  const stage = describe<Robust>("robust", settings, rules);
  const [low, high] = stage.quantiles ?? [0.25, 0.75];
  if (stage.unitVariance === true && (low === 0 || high === 1))
    throw new PipelineError("config", "robust.unitVariance", `a normal distribution has no end; expected quantiles above 0 and below 1`);
  return stage;
}

export const robustStage: AffineStage<Robust, Spread> = {
  kind: "robust",
  rules,
  changes: "scale",
  *fit({ per, quantiles: [low, high] = [0.25, 0.75], unitVariance }, train) {
    const unit = unitVariance === true ? normalQuantile(high) - normalQuantile(low) : 1;
    const center: number[] = [];
    const scale: number[] = [];
    yield* eachSorted(train, (per ?? defaultPer(train)) === "all", "robust", (sorted) => {
      center.push(quantile(sorted, 0.5));
      scale.push((quantile(sorted, high) - quantile(sorted, low) || 1) / unit);
    });
    return { center, scale };
  },
  affine(_, { center, scale }) {
    return { scale: scale.map((s) => 1 / s), shift: center.map((c, i) => -c / (scale[i] as number)) };
  },
};
