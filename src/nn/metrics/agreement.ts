// Agreement of predicted with true classes beyond what chance would give.
import { type Measured, plain } from "./metric.ts";
import { classNames } from "./ranking.ts";
import type { Tally } from "./tally.ts";

/** Σ over classes of tally products: what chance is measured by. */
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, n, c) => sum + n * (b[c] as number), 0);
const hits = ({ truePositives }: Tally): number => truePositives.reduce((sum, n) => sum + n, 0);

/**
 * The correlation of true and predicted classes (Matthews 1975; Gorodkin 2004 for more than two): 1 perfect, 0 chance, −1 for two classes
 * always mistaken. Where all rows are of one class, or are predicted as one, it is 0, as in scikit-learn.
 */
export const matthewsCorrcoefMetric = plain("matthewsCorrcoef", "classes", "higher", ({ tally }) => (sample) => {
  const t = tally(sample);
  const n = sample.total;
  const spread = (n * n - dot(t.predicted, t.predicted)) * (n * n - dot(t.support, t.support));
  return spread === 0 ? 0 : (hits(t) * n - dot(t.support, t.predicted)) / Math.sqrt(spread);
});

/**
 * Cohen's kappa (1960), unweighted: (observed − expected agreement) / (1 − expected). It is not defined (NaN) where all rows are of one
 * class and are predicted as it.
 */
export const cohenKappaMetric = plain(
  "cohenKappa",
  "classes",
  "higher",
  ({ tally }) =>
    (sample) => {
      const t = tally(sample);
      const n = sample.total;
      const expected = dot(t.support, t.predicted) / (n * n);
      return (hits(t) / n - expected) / (1 - expected);
    },
  (on: Measured) => {
    const only = on.tally(on.all).truePositives.indexOf(on.rows);
    return only < 0 ? undefined : `cohenKappa is not defined: every row is of class ${classNames(on, [only])} and predicted as it`;
  },
);
