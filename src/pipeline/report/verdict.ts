// The rows that the model gets wrong, those it is surest of first, and what it takes the classes for.
import { evaluate } from "../../nn/metrics/evaluate.ts";
import { actualClasses, className, type Predictions, predictedClasses, targetIs } from "../../nn/metrics/predictions.ts";
import type { Mistake, RowView, Verdict } from "./file.ts";

const SHOWN = 18;
/** Of more classes a matrix is no longer kept: there the most frequent confusions say more. */
const MOST_CLASSES = 64;

/** What is measured in the end, and how to show a row of it: by its place among the rows of the part. */
export interface Judged {
  readonly set: Verdict["set"];
  readonly predictions: Predictions;
  view(row: number): { readonly id: number; readonly view: RowView };
}

export function verdictOf(judged: Judged): Verdict {
  const { set, predictions } = judged;
  const { rows, sequence } = predictions;
  const classes = targetIs(predictions).classes ? classesOf(predictions) : undefined;
  // The steps of sequences are no rows that could be shown.
  const candidates = sequence !== undefined ? [] : (classes?.wrong ?? Array.from({ length: rows }, (_, row) => row));
  const mistakes = worst(candidates, predictions, classes).map((row) => mistakeOf(row, judged, classes));
  return { set, rows, ...(classes && { wrong: classes.wrong.length }), mistakes, ...(classes && byClass(predictions)) };
}

interface Classes {
  readonly actual: Int32Array;
  readonly predicted: Int32Array;
  readonly wrong: readonly number[];
  /** How sure the model is of what it says of a row; missing where its outputs are no probabilities. */
  readonly confidence?: (row: number) => number;
}

function classesOf(predictions: Predictions): Classes {
  const [actual, predicted] = [actualClasses(predictions), predictedClasses(predictions)];
  const wrong: number[] = [];
  for (let row = 0; row < predictions.rows; row++) if (actual[row] !== predicted[row]) wrong.push(row);
  const { outputs, cols } = predictions;
  if (!areProbabilities(predictions)) return { actual, predicted, wrong };
  const confidence = (row: number): number => {
    const p = outputs[row * cols + (cols === 1 ? 0 : (predicted[row] as number))] as number;
    return Math.min(1, cols === 1 && predicted[row] === 0 ? 1 - p : p);
  };
  return { actual, predicted, wrong, confidence };
}

function areProbabilities({ outputs, rows, cols }: Predictions): boolean {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let c = 0; c < cols; c++) {
      const p = outputs[row * cols + c] as number;
      if (!(p >= 0 && p <= 1.0001)) return false;
      sum += p;
    }
    if (cols > 1 && Math.abs(sum - 1) > 1e-3) return false;
  }
  return true;
}

/** Those that the model is surest of; where it is not sure of anything, those with the largest loss. */
function worst(rows: readonly number[], { losses }: Predictions, classes: Classes | undefined): number[] {
  const badness = classes?.confidence ?? ((row: number): number => losses?.[row] ?? 0);
  return [...rows].sort((a, b) => badness(b) - badness(a) || a - b).slice(0, SHOWN);
}

function mistakeOf(row: number, { predictions, view }: Judged, classes: Classes | undefined): Mistake {
  const { cols, outputs, losses } = predictions;
  const loss = losses?.[row];
  const common = { ...view(row), ...(loss !== undefined && { loss }) };
  if (classes === undefined) {
    const targets = (predictions.targets ?? predictions.labels) as Float32Array | Int32Array;
    const width = predictions.targets === undefined ? 1 : cols;
    return {
      ...common,
      actual: numbersText(targets.subarray(row * width, (row + 1) * width)),
      predicted: numbersText(outputs.subarray(row * cols, (row + 1) * cols)),
    };
  }
  return {
    ...common,
    actual: className(predictions, classes.actual[row] as number),
    predicted: className(predictions, classes.predicted[row] as number),
    ...(classes.confidence && { confidence: classes.confidence(row) }),
  };
}

const SHOWN_NUMBERS = 4;

export function numbersText(values: ArrayLike<number>): string {
  const shown = Array.from({ length: Math.min(values.length, SHOWN_NUMBERS) }, (_, i) =>
    String(Number((values[i] as number).toPrecision(4))),
  );
  return values.length > SHOWN_NUMBERS ? `${shown.join(", ")}, …` : shown.join(", ");
}

function byClass(predictions: Predictions): Pick<Verdict, "classes" | "confusionMatrix" | "perClass"> {
  const { losses: _, ...without } = predictions;
  const { classes = [], confusionMatrix, perClass } = evaluate(["confusionMatrix", "classificationReport"], without as Predictions);
  if (classes.length > MOST_CLASSES) return {};
  return { classes, ...(confusionMatrix && { confusionMatrix }), ...(perClass && { perClass }) };
}
