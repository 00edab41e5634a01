// A column of categories becomes the mean of the target among the rows of each (Micci-Barreca, "A preprocessing scheme for high-cardinality
// categorical attributes in classification and prediction problems", 2001), cross-fitted as scikit-learn's TargetEncoder.
import { boolean, type Descriptor, describe, either, number, oneOf, optional, type Rules } from "../../check.ts";
import { heldCategories, placesIn } from "../../data/categories.ts";
import { type CategoryColumn, type NumericColumn, numericColumn, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type Random, shuffle as shuffled } from "../../random.ts";
import { type Columns, chosenOfType, columnsRule } from "../columns.ts";
import { dealt } from "../split/deal.ts";
import type { TableStage } from "../stage.ts";
import type { Work } from "../work.ts";
import { fittedColumn, learnedNote } from "./categoriesFit.ts";

export interface TargetEncode extends Descriptor {
  readonly kind: "targetEncode";
  readonly columns?: Columns;
  readonly smoothing?: "auto" | number;
  readonly folds?: number;
  readonly shuffle?: boolean;
}

const rules: Rules = {
  columns: optional(columnsRule),
  smoothing: optional(either(oneOf("auto"), number({ min: 0 }))),
  folds: optional(number({ min: 2, integer: true })),
  shuffle: optional(boolean),
};

/**
 * Replaces each column of categories (default: all; or `columns`) by the mean of the target among training rows of the same category: for two
 * classes the share of the second, for more a share for each class (features `column_class`), otherwise the mean value. `smoothing` draws the
 * mean of rare categories towards that of all rows: as much as so many more rows with that mean would, or, with "auto" (default), the more the
 * less the category tells (empirical Bayes). A category that training rows do not have becomes the mean of all. So that no training row is told
 * its own target, training rows are divided into `folds` (default 5), drawn at random unless `shuffle` is false, and each gets the means of
 * the other folds; all other rows get those of all training rows.
 */
export function targetEncode(settings: Omit<TargetEncode, "kind"> = {}): TargetEncode {
  return describe<TargetEncode>("targetEncode", settings, rules);
}

interface EncodedColumn {
  readonly categories: readonly string[];
  /** For each class, or once: the mean of each category. */
  readonly means: readonly (readonly number[])[];
}

export interface TargetMeans {
  /** The classes, where there are more than two. */
  readonly classes: readonly string[];
  /** That of all training rows, for each class or once. */
  readonly mean: readonly number[];
  readonly columns: Readonly<Record<string, EncodedColumn>>;
}

export const targetEncodeStage: TableStage<TargetEncode, TargetMeans> = {
  kind: "targetEncode",
  rules,
  changes: "table",
  *fit(stage, train) {
    const { classes, targets } = targetOf(train);
    const chosen = chosenOfType(train, stage.columns, "category", "targetEncode.columns").map(([name, column]) => {
      const categories = heldCategories(column);
      return { name, categories, means: [] as number[][], rows: placesOf(categories, column) };
    });
    const mean: number[] = [];
    for (const target of targets) {
      const all = overall(target, () => true);
      mean.push(all.mean);
      for (const { categories, means, rows } of chosen)
        means.push([...(yield* meansOf(stage, target, rows, categories.length, all, () => true))]);
    }
    return { classes, mean, columns: Object.fromEntries(chosen.map(({ name, categories, means }) => [name, { categories, means }])) };
  },
  *apply(_, table, { classes, mean, columns }) {
    const made = { ...table.columns };
    for (const [name, { categories, means }] of Object.entries(columns)) {
      const rows = placesOf(categories, fittedColumn(table, name, "targetEncode"));
      const data = new Float64Array(table.rows * mean.length);
      for (const [i, of] of means.entries()) {
        yield 0;
        for (let row = 0; row < rows.length; row++) data[row * mean.length + i] = of[rows[row] as number] ?? (mean[i] as number);
      }
      made[name] = columnOf(name, classes, data);
    }
    return { ...table, columns: made } satisfies Table;
  },
  *applyTrain(stage, train, { classes, columns }, source) {
    const { targets, labels } = targetOf(train);
    const { folds = 5 } = stage;
    const foldOf = foldsOf(stage, train, folds, labels, source);
    const chosen = Object.entries(columns).map(([name, { categories }]) => {
      const rows = placesOf(categories, fittedColumn(train, name, "targetEncode"));
      return { name, count: categories.length, rows, data: new Float64Array(train.rows * targets.length) };
    });
    for (const [i, target] of targets.entries()) {
      for (let fold = 0; fold < folds; fold++) {
        const isOther = (row: number): boolean => foldOf[row] !== fold;
        const all = overall(target, isOther);
        for (const { count, rows, data } of chosen) {
          const means = yield* meansOf(stage, target, rows, count, all, isOther);
          for (let row = 0; row < rows.length; row++)
            if (foldOf[row] === fold) data[row * targets.length + i] = means[rows[row] as number] ?? all.mean;
        }
      }
    }
    const made = { ...train.columns };
    for (const { name, data } of chosen) made[name] = columnOf(name, classes, data);
    return { ...train, columns: made } satisfies Table;
  },
  check(fitted, at) {
    const { classes, mean, columns } = (fitted ?? {}) as Partial<TargetMeans>;
    const isNumbers = (list: unknown, length: number): boolean =>
      Array.isArray(list) && list.length === length && list.every((n) => typeof n === "number");
    const width = Array.isArray(classes) && classes.length > 0 ? classes.length : 1;
    const isWhole = ({ categories, means }: Partial<EncodedColumn>): boolean =>
      Array.isArray(categories) &&
      Array.isArray(means) &&
      means.length === width &&
      means.every((list) => isNumbers(list, categories.length));
    if (Array.isArray(classes) && isNumbers(mean, width) && typeof columns === "object" && Object.values(columns).every(isWhole)) return;
    throw new PipelineError("data", at, "expected the target's mean for each category of each column; the file was changed");
  },
  note({ classes, mean, columns }) {
    const categories = Object.fromEntries(Object.entries(columns).map(([name, { categories }]) => [name, categories]));
    const others = mean.map((value, i) => `${classes[i] === undefined ? "" : `${classes[i]} `}${Number(value.toPrecision(4))}`);
    const shown = others.slice(0, 4).join(", ") + (others.length > 4 ? ", …" : "");
    return `${learnedNote(categories)}${Object.keys(columns).length === 0 ? "" : `; others become ${shown}`}`;
  },
};

/** The numbers whose means are taken: the target's values, or for each class (of two: the second) 1 for its rows and 0 for others. */
function targetOf(train: Table): { readonly classes: readonly string[]; readonly targets: readonly Float64Array[]; labels?: Int32Array } {
  const { data, shape, classes = [] } = numericColumn(train, train.target);
  if (shape.length > 0)
    throw new PipelineError("config", "targetEncode", `the target "${train.target}" has several values a row; use oneHot() or ordinal()`);
  if (!(data instanceof Int32Array)) return { classes: [], targets: [Float64Array.from(data)] };
  const held = [...new Set(data)].sort((a, b) => a - b);
  const ones = (of: number | undefined): Float64Array => Float64Array.from(data, (label) => Number(label === of));
  if (held.length < 3) return { classes: [], targets: [ones(held[1])], labels: data };
  return { classes: held.map((label) => classes[label] ?? String(label)), targets: held.map(ones), labels: data };
}

function foldsOf(stage: TargetEncode, train: Table, folds: number, labels: Int32Array | undefined, source: Random): Uint32Array {
  if (train.rows < folds) {
    const problem = `${train.rows} training row(s) are to be divided into ${folds} folds; ask for fewer, or give more data`;
    throw new PipelineError("data", "targetEncode.folds", problem);
  }
  const order = Uint32Array.from({ length: train.rows }, (_, row) => row);
  if (stage.shuffle !== false) shuffled(order, source);
  return dealt(order, folds, labels);
}

/** For each row the place of its category, or -1. */
function placesOf(categories: readonly string[], column: CategoryColumn): Int32Array {
  const places = placesIn(categories, column);
  return column.codes.map((code) => places[code] ?? -1);
}

interface Overall {
  readonly mean: number;
  readonly variance: number;
}

function overall(target: Float64Array, isOne: (row: number) => boolean): Overall {
  let [sum, squares, n] = [0, 0, 0];
  for (let row = 0; row < target.length; row++) {
    if (!isOne(row)) continue;
    sum += target[row] as number;
    n++;
  }
  const mean = sum / n;
  for (let row = 0; row < target.length; row++) if (isOne(row)) squares += ((target[row] as number) - mean) ** 2;
  return { mean, variance: squares / n };
}

const SOME = 1 << 14;

/** The smoothed mean of each category, by the rows for which `isOne`. */
function* meansOf(
  { smoothing = "auto" }: TargetEncode,
  target: Float64Array,
  places: Int32Array,
  count: number,
  { mean, variance }: Overall,
  isOne: (row: number) => boolean,
): Work<Float64Array> {
  const rows = new Float64Array(count);
  const sums = new Float64Array(count);
  for (let row = 0; row < places.length; row++) {
    if (row % SOME === 0) yield row;
    const place = places[row] as number;
    if (place < 0 || !isOne(row)) continue;
    rows[place] = (rows[place] as number) + 1;
    sums[place] = (sums[place] as number) + (target[row] as number);
  }
  if (smoothing !== "auto") {
    return sums.map((sum, i) => {
      const n = rows[i] as number;
      return n + smoothing === 0 ? mean : (sum + smoothing * mean) / (n + smoothing);
    });
  }
  const means = sums.map((sum, i) => sum / (rows[i] as number));
  const squares = new Float64Array(count);
  for (let row = 0; row < places.length; row++) {
    if (row % SOME === 0) yield row;
    const place = places[row] as number;
    if (place >= 0 && isOne(row)) squares[place] = (squares[place] as number) + ((target[row] as number) - (means[place] as number)) ** 2;
  }
  return means.map((own, i) => {
    const n = rows[i] as number;
    const weight = (variance * n) / (variance * n + (squares[i] as number) / n);
    return Number.isNaN(weight) ? mean : weight * own + (1 - weight) * mean;
  });
}

function columnOf(name: string, classes: readonly string[], data: Float64Array): NumericColumn {
  if (classes.length === 0) return { type: "numeric", shape: [], data };
  return { type: "numeric", shape: [classes.length], data, features: classes.map((of) => `${name}_${of}`) };
}
