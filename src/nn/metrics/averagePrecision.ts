import { type Descriptor, describe } from "../../check.ts";
import { type CurveOptions, curve, curveRules, lonely } from "./curve.ts";
import { ratio } from "./metric.ts";
import { classNames, walk } from "./ranking.ts";

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
  (ranking, sample) => {
    let [area, found, passed] = [0, 0, 0];
    walk(ranking, sample, (positives, negatives) => {
      found += positives;
      passed += positives + negatives;
      if (positives > 0) area += positives * (found / passed);
    });
    return { area: ratio(area, found), positives: found };
  },
  (on) => {
    const { absent } = lonely(on);
    return absent.length === 0
      ? undefined
      : `averagePrecision counts 0 for class ${classNames(on, absent)}, which no row is of, as scikit-learn does`;
  },
);
