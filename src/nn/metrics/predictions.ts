// What metrics read: what is true of some rows, and what a model makes of them. The target decides what a metric may ask: class
// numbers, rows of class probabilities, and zeros and ones for a single output are classes; anything else is values.
import { PipelineError } from "../../errors.ts";

/** The target of `rows` rows for a model with `cols` outputs a row: class numbers, or `rows × cols` values. */
export type Truth = {
  readonly rows: number;
  readonly cols: number;
  readonly classes?: readonly string[];
  /** Where rows are steps of sequences: the number of the sequence that each belongs to. */
  readonly sequence?: Uint32Array;
} & ({ readonly labels: Int32Array; readonly targets?: undefined } | { readonly targets: Float32Array; readonly labels?: undefined });

export type Predictions = Truth & {
  /** Probabilities or values, `rows × cols`, row-major. */
  readonly outputs: Float32Array;
  /** The loss of each row. */
  readonly losses?: Float32Array;
};

/** A single output tells two classes apart. */
export const classCount = ({ cols }: Truth): number => (cols === 1 ? 2 : cols);

export const className = ({ classes }: Truth, i: number): string => classes?.[i] ?? String(i);

export interface TargetIs {
  /** Every row has a class: a number, 0 or 1 for a single output, or a distribution over the outputs. */
  readonly classes: boolean;
  /** Every output has a 0 or a 1 to decide on. */
  readonly decisions: boolean;
  /** Every output has a number to be near to. */
  readonly values: boolean;
  /** Those numbers are amounts rather than classes. */
  readonly quantities: boolean;
}

export function targetIs({ rows, cols, classes, labels, targets }: Truth): TargetIs {
  if (labels !== undefined) return { classes: true, decisions: cols === 1, values: cols === 1, quantities: false };
  const decisions = targets.every((t) => t === 0 || t === 1);
  const isClass = cols === 1 ? decisions : areDistributions(targets, rows, cols);
  return { classes: isClass, decisions, values: true, quantities: classes === undefined && (cols === 1 || !isClass) };
}

function areDistributions(targets: Float32Array, rows: number, cols: number): boolean {
  for (let r = 0; r < rows; r++) {
    const row = targets.subarray(r * cols, (r + 1) * cols);
    if (row.some((t) => !(t >= 0))) return false;
    if (Math.abs(row.reduce((sum, t) => sum + t, 0) - 1) > 1e-4) return false;
  }
  return true;
}

/** The true class of each row. */
export function actualClasses(truth: Truth): Int32Array {
  if (truth.labels === undefined) return likeliest(truth.targets, truth.rows, truth.cols);
  const count = classCount(truth);
  const wrong = truth.labels.findIndex((label) => label < 0 || label >= count);
  if (wrong >= 0) {
    throw new PipelineError(
      "data",
      "evaluate",
      `row ${wrong} has class number ${truth.labels[wrong]}, but the model tells ${count} classes apart (0 to ${count - 1})`,
    );
  }
  return truth.labels;
}

/** The class that the model gives each row: the first of the highest outputs, or 1 where a single output is above a half. */
export const predictedClasses = ({ outputs, rows, cols }: Predictions): Int32Array => likeliest(outputs, rows, cols);

function likeliest(values: Float32Array, rows: number, cols: number): Int32Array {
  if (cols === 1) return Int32Array.from(values, (v) => (v > 0.5 ? 1 : 0));
  const found = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    let best = 0;
    for (let c = 1; c < cols; c++) {
      if ((values[r * cols + c] as number) > (values[r * cols + best] as number)) best = c;
    }
    found[r] = best;
  }
  return found;
}
