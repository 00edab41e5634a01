import { type Descriptor, describe } from "../../check.ts";
import { type CurveOptions, curve, curveRules, lonely } from "./curve.ts";
import { ratio } from "./metric.ts";
import { classNames } from "./ranking.ts";

export interface AveragePrecision extends Descriptor, CurveOptions {
  readonly kind: "averagePrecision";
}

/**
 * The area under the precision-recall curve as steps: Σ (Rₙ − Rₙ₋₁) Pₙ over all thresholds, as scikit-learn's average_precision_score
 * (trapezoids would flatter). A class that no row is of counts 0, as there. `prAuc` is another name for it.
 */
export const averagePrecision = (options: CurveOptions = {}): AveragePrecision =>
  describe<AveragePrecision>("averagePrecision", options, curveRules);

export const averagePrecisionMetric = curve<AveragePrecision>(
  "averagePrecision",
  ({ passed, found }) => {
    let [area, before] = [0, 0];
    for (let t = 0; t < passed.length; t++) {
      const positives = found[t] as number;
      if (positives > before) area += (positives - before) * (positives / (passed[t] as number));
      before = positives;
    }
    return ratio(area, before);
  },
  (on) => {
    const { absent } = lonely(on);
    return absent.length === 0
      ? undefined
      : `averagePrecision counts 0 for class ${classNames(on, absent)}, which no row is of, as scikit-learn does`;
  },
);
