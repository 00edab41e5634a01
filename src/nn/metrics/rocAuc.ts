import { type Descriptor, describe } from "../../check.ts";
import { type CurveOptions, curve, curveRules, lonely } from "./curve.ts";
import type { Measured } from "./metric.ts";
import { classNames } from "./ranking.ts";

export interface RocAuc extends Descriptor, CurveOptions {
  readonly kind: "rocAuc";
}

/**
 * The area under the ROC curve, exact: the chance that a row of the class gets a higher score than one that is not, ties counting half.
 * For three classes or more, each against the rest. It is not defined (NaN) where all rows are of one class; a class that has no rows is
 * left out of the mean.
 */
export const rocAuc = (options: CurveOptions = {}): RocAuc => describe<RocAuc>("rocAuc", options, curveRules);

export const rocAucMetric = curve<RocAuc>(
  "rocAuc",
  ({ passed, found }) => {
    let [area, beside, above] = [0, 0, 0];
    for (let t = 0; t < passed.length; t++) {
      const positives = found[t] as number;
      const negatives = (passed[t] as number) - positives;
      area += ((negatives - beside) * (above + positives)) / 2;
      above = positives;
      beside = negatives;
    }
    return area / (above * beside);
  },
  note,
);

function note(on: Measured): string | undefined {
  const { absent, only } = lonely(on);
  if (only.length > 0) return `rocAuc is not defined: every row is of class ${classNames(on, only)}`;
  if (absent.length === 0) return undefined;
  const none = `no row is of class ${classNames(on, absent)}`;
  return on.cols <= 2 ? `rocAuc is not defined: ${none}` : `rocAuc leaves classes out: ${none}`;
}
