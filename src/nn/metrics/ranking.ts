// The rows by their score for a class: sorted once, and then walked for each sample. What the curves (ROC, precision and recall) are
// made of: every threshold counts, and rows of one score pass it together. (Keras's AUC takes 200 thresholds instead.)
import { className, type Predictions } from "./predictions.ts";
import type { Sample } from "./sample.ts";

/** Per threshold, from the highest score down, what has passed it: in all, and of the class. Valid until the next sample is asked for. */
export interface Passing {
  readonly passed: Int32Array;
  readonly found: Int32Array;
}

/** Of a single output, the score for class 1 is the output. */
export function ranking({ outputs, rows, cols }: Predictions, actual: Int32Array, label: number): (sample: Sample) => Passing {
  const column = cols === 1 ? 0 : label;
  const scores = Float32Array.from({ length: rows }, (_, r) => outputs[r * cols + column] as number);
  const order = Uint32Array.from({ length: rows }, (_, r) => r).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const positive = Uint8Array.from(order, (r) => Number(actual[r] === label));
  const last = thresholds(order, scores, positive);
  const count = last.reduce((n, is) => n + is, 0);
  const [passed, found] = [new Int32Array(count), new Int32Array(count)];
  return ({ counts }) => {
    let [t, all, hits] = [0, 0, 0];
    // No branch: which rows are of the class is as good as random, and this runs once a class, row and sample.
    for (let i = 0; i < rows; i++) {
      const n = counts[order[i] as number] as number;
      all = (all + n) | 0;
      hits = (hits + Math.imul(n, positive[i] as number)) | 0;
      passed[t] = all;
      found[t] = hits;
      t = (t + (last[i] as number)) | 0;
    }
    return { passed, found };
  };
}

/** Marks the last row of each threshold. Scores next to each other that only other classes' rows have are one: no area tells them apart. */
function thresholds(order: Uint32Array, scores: Float32Array, positive: Uint8Array): Uint8Array {
  const last = new Uint8Array(order.length);
  let [mixed, before] = [false, -1];
  for (let i = 0; i < order.length; i++) {
    mixed ||= positive[i] === 1;
    if (i + 1 < order.length && scores[order[i] as number] === scores[order[i + 1] as number]) continue;
    last[i] = 1;
    if (!mixed && before >= 0) last[before] = 0;
    before = mixed ? -1 : i;
    mixed = false;
  }
  return last;
}

/** The classes that are ranked: class 1 where there are two, else each against the rest. */
export const rankedClasses = (cols: number): readonly number[] => (cols <= 2 ? [1] : Array.from({ length: cols }, (_, c) => c));

/** At most a few class names, for a note. */
export function classNames(on: Predictions, classes: readonly number[]): string {
  const shown = classes.slice(0, 5).map((c) => `"${className(on, c)}"`);
  return `${shown.join(", ")}${classes.length > shown.length ? ` and ${classes.length - shown.length} more` : ""}`;
}
