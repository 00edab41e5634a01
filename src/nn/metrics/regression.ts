// How far values are from their targets: the mean over the rows, and over the outputs.
import { alias, type Measured, plain } from "./metric.ts";
import { meanOf, type OfSample, rowMeans } from "./sample.ts";

function meanError({ outputs, rows, cols, values }: Measured, of: (error: number, target: number) => number): OfSample {
  const targets = values();
  return meanOf(
    rowMeans(rows, cols, (i) => {
      const target = targets[i] as number;
      return of((outputs[i] as number) - target, target);
    }),
  );
}

const meanSquare = (on: Measured): OfSample => meanError(on, (e) => e * e);

/** Mean squared error. */
export const mseMetric = plain("mse", "values", "lower", meanSquare);
/** Its square root, in the unit of the target. */
export const rmseMetric = plain("rmse", "values", "lower", (on) => {
  const square = meanSquare(on);
  return (sample) => Math.sqrt(square(sample));
});
/** Mean absolute error. */
export const maeMetric = plain("mae", "values", "lower", (on) => meanError(on, Math.abs));

const EPSILON = 2 ** -52;

/**
 * Mean absolute error as a share of the target: a fraction, as scikit-learn has it (Keras multiplies by 100). A target of 0 counts as
 * 2⁻⁵², which makes the number useless, and a warning says so.
 */
export const mapeMetric = plain(
  "mape",
  "values",
  "lower",
  (on) => meanError(on, (e, target) => Math.abs(e) / Math.max(Math.abs(target), EPSILON)),
  ({ values }) => {
    const zeros = values().reduce((n, target) => n + Number(target === 0), 0);
    return zeros === 0 ? undefined : `mape says nothing: it divides by the target, and ${zeros} ${zeros === 1 ? "is" : "are"} 0; use mae`;
  },
);

/** The same by their full names, as Keras has both. */
export const spelledOut = [
  alias("meanSquaredError", mseMetric),
  alias("rootMeanSquaredError", rmseMetric),
  alias("meanAbsoluteError", maeMetric),
  alias("meanAbsolutePercentageError", mapeMetric),
];
