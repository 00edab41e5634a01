// The rows by their score for a class: sorted once, and then walked for each sample. What the curves (ROC, precision and recall) are
// made of: every threshold counts, and rows of one score pass it together. (Keras's AUC takes 200 thresholds instead.)
import { className, type Predictions } from "./predictions.ts";
import type { Sample } from "./sample.ts";

export interface Ranking {
  /** Rows, the highest score first. */
  readonly order: Uint32Array;
  /** In that order: 1 for rows of the class. */
  readonly positive: Uint8Array;
  /** In that order: 1 for the last of the rows that share a score. */
  readonly ends: Uint8Array;
}

/** Of a single output, the score for class 1 is the output. */
export function rank({ outputs, rows, cols }: Predictions, actual: Int32Array, label: number): Ranking {
  const column = cols === 1 ? 0 : label;
  const scores = Float32Array.from({ length: rows }, (_, r) => outputs[r * cols + column] as number);
  const order = Uint32Array.from({ length: rows }, (_, r) => r).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const score = (i: number): number => scores[order[i] as number] as number;
  return {
    order,
    positive: Uint8Array.from(order, (r) => (actual[r] === label ? 1 : 0)),
    ends: Uint8Array.from(order, (_, i) => (i + 1 < rows && score(i) === score(i + 1) ? 0 : 1)),
  };
}

/** Calls back at each threshold with the rows of the class and the others that it newly lets through. */
export function walk({ order, positive, ends }: Ranking, { counts }: Sample, at: (positives: number, negatives: number) => void): void {
  let [positives, negatives] = [0, 0];
  for (let i = 0; i < order.length; i++) {
    const n = counts[order[i] as number] as number;
    if (positive[i] === 1) positives += n;
    else negatives += n;
    if (ends[i] === 0) continue;
    at(positives, negatives);
    positives = 0;
    negatives = 0;
  }
}

/** The classes that are ranked: class 1 where there are two, else each against the rest. */
export const rankedClasses = (cols: number): readonly number[] => (cols <= 2 ? [1] : Array.from({ length: cols }, (_, c) => c));

/** At most a few class names, for a note. */
export function classNames(on: Predictions, classes: readonly number[]): string {
  const shown = classes.slice(0, 5).map((c) => `"${className(on, c)}"`);
  return `${shown.join(", ")}${classes.length > shown.length ? ` and ${classes.length - shown.length} more` : ""}`;
}
