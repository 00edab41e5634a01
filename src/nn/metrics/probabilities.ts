// How good the probabilities are, beyond which of them is highest. They are not defined (NaN) where outputs are not probabilities.
import { type Descriptor, describe, optional, positiveInteger } from "../../check.ts";
import { type Measured, type MetricKind, plain } from "./metric.ts";
import type { Predictions } from "./predictions.ts";
import { meanOf, type OfSample } from "./sample.ts";

/** How far the sum of a row may be from 1: scikit-learn's tolerance, the root of f32's epsilon. */
const TOLERANCE = Math.sqrt(2 ** -23);

/** Why the outputs are not probabilities, where they are not. */
export function improbable({ outputs, rows, cols }: Predictions): string | undefined {
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let i = r * cols; i < (r + 1) * cols; i++) {
      const p = outputs[i] as number;
      if (p < 0 || p > 1 + TOLERANCE) return `an output of row ${r} is ${p}`;
      sum += p;
    }
    if (cols > 1 && Math.abs(sum - 1) > TOLERANCE) return `the outputs of row ${r} add up to ${sum.toPrecision(4)}`;
  }
  return undefined;
}

const undefinedFor =
  (kind: string) =>
  ({ improbable }: Measured): string | undefined => {
    const why = improbable();
    return why && `${kind} is not defined: the outputs are not probabilities (${why}); end the model with a softmax or a sigmoid`;
  };

const ofProbabilities =
  (compute: (on: Measured) => OfSample) =>
  (on: Measured): OfSample =>
    on.improbable() === undefined ? compute(on) : () => Number.NaN;

/** What the model gives class `c` of row `r`. */
const chance = ({ outputs, cols }: Predictions, r: number, c: number): number => {
  if (cols > 1) return outputs[r * cols + c] as number;
  const p = outputs[r] as number;
  return c === 1 ? p : 1 - p;
};

const EPSILON = 2 ** -23;

/** −log of the probability of the true class, which is kept within [ε, 1 − ε]; ε is that of f32, as scikit-learn takes it. */
export const logLossMetric = plain(
  "logLoss",
  "classes",
  "lower",
  ofProbabilities((on) =>
    meanOf(Float64Array.from(on.actual(), (c, r) => -Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, chance(on, r, c)))))),
  ),
  undefinedFor("logLoss"),
);

/**
 * The mean squared distance of the probabilities from what happened (Brier 1950): for two classes of class 1's alone, in [0, 1]; for more
 * the sum over the classes, in [0, 2], as scikit-learn's brier_score_loss since 1.7.
 */
export const brierScoreMetric = plain(
  "brierScore",
  "classes",
  "lower",
  ofProbabilities((on) => {
    const classes = on.cols <= 2 ? [1] : Array.from({ length: on.cols }, (_, c) => c);
    return meanOf(
      Float64Array.from(on.actual(), (truth, r) => classes.reduce((sum, c) => sum + (chance(on, r, c) - Number(truth === c)) ** 2, 0)),
    );
  }),
  undefinedFor("brierScore"),
);

export interface ExpectedCalibrationError extends Descriptor {
  readonly kind: "expectedCalibrationError";
  readonly bins?: number;
}

const rules = { bins: optional(positiveInteger) };

/**
 * How far confidence is from accuracy (Naeini et al. 2015, Guo et al. 2017): rows are put into `bins` (15) equally wide bins ((0, 1/15], …)
 * by the probability of the class that is predicted; the result is the mean over the bins, weighted by their rows, of |share predicted
 * right − mean probability|. 0 is calibrated. `ece` is another name for it.
 */
export const expectedCalibrationError = (options: Omit<ExpectedCalibrationError, "kind"> = {}): ExpectedCalibrationError =>
  describe<ExpectedCalibrationError>("expectedCalibrationError", options, rules);

export const expectedCalibrationErrorMetric: MetricKind<ExpectedCalibrationError> = {
  kind: "expectedCalibrationError",
  rules,
  better: "lower",
  needs: "classes",
  name: () => "expectedCalibrationError",
  compute: ({ bins = 15 }, on) => ofProbabilities(() => calibration(on, bins))(on),
  note: undefinedFor("expectedCalibrationError"),
};

/** Of a bin |Σ right − Σ confidence| is all that counts, so one number a row is summed into its bin. */
function calibration(on: Measured, bins: number): OfSample {
  const predicted = on.predicted();
  const truth = on.actual();
  const confidence = Float64Array.from(predicted, (c, r) => chance(on, r, c));
  const gaps = confidence.map((p, r) => Number(predicted[r] === truth[r]) - p);
  const bin = Uint32Array.from(confidence, (p) => Math.min(bins, Math.max(1, Math.ceil(p * bins))) - 1);
  const sums = new Float64Array(bins);
  return ({ counts, total }) => {
    sums.fill(0);
    for (let r = 0; r < counts.length; r++) (sums[bin[r] as number] as number) += (counts[r] as number) * (gaps[r] as number);
    return sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / total;
  };
}
