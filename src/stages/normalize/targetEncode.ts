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
    const mean = targets.map(meanOf);
    const columns: [string, EncodedColumn][] = [];
    for (const [name, column] of chosenOfType(train, stage.columns, "category", "targetEncode.columns")) {
      const categories = heldCategories(column);
      const rows = placesOf(categories, column);
      const means: number[][] = [];
      for (const [i, target] of targets.entries()) {
        const tally = yield* tallied(target, mean[i] as number, rows, categories.length);
        means.push([...meansOf(stage, tally, categories.length).means]);
      }
      columns.push([name, { categories, means }]);
    }
    return { classes, mean, columns: Object.fromEntries(columns) };
  },
  *apply(_, table, { classes, mean, columns }) {
    const made = { ...table.columns };
    for (const [name, { categories, means }] of Object.entries(columns)) {
      const rows = placesOf(categories, fittedColumn(table, name, "targetEncode"));
      const data = new Float64Array(table.rows * mean.length);
      for (const [i, of] of means.entries()) {
        yield 0;
        const all = Float64Array.from([...of, mean[i] as number]);
        for (let row = 0; row < rows.length; row++) data[row * mean.length + i] = all[rows[row] as number] as number;
      }
      made[name] = columnOf(name, classes, data);
    }
    return { ...table, columns: made } satisfies Table;
  },
  *applyTrain(stage, train, { classes, mean, columns }, source) {
    const { targets, labels } = targetOf(train);
    const { folds = 5 } = stage;
    yield 0;
    const foldOf = yield* foldsOf(stage, train, folds, labels, source);
    const made = { ...train.columns };
    for (const [name, { categories }] of Object.entries(columns)) {
      const count = categories.length;
      const rows = placesOf(categories, fittedColumn(train, name, "targetEncode"));
      const data = new Float64Array(train.rows * targets.length);
      for (const [i, target] of targets.entries()) {
        const tally = yield* tallied(target, mean[i] as number, rows, count, foldOf, folds);
        const byFold = Array.from({ length: folds }, (_, fold) => {
          const { means, mean } = meansOf(stage, tally, count, fold);
          return Float64Array.from([...means, mean]);
        });
        for (let row = 0; row < rows.length; row++)
          data[row * targets.length + i] = (byFold[foldOf[row] as number] as Float64Array)[rows[row] as number] as number;
      }
      made[name] = columnOf(name, classes, data);
    }
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
  const has: boolean[] = [];
  for (const label of data) has[label] = true;
  const held = [...has.keys()].filter((label) => has[label] === true);
  const ones = (of: number | undefined): Float64Array => {
    const made = new Float64Array(data.length);
    for (let row = 0; row < made.length; row++) if (data[row] === of) made[row] = 1;
    return made;
  };
  if (held.length < 3) return { classes: [], targets: [ones(held[1])], labels: data };
  return { classes: held.map((label) => classes[label] ?? String(label)), targets: held.map(ones), labels: data };
}

function* foldsOf(stage: TargetEncode, train: Table, folds: number, labels: Int32Array | undefined, source: Random): Work<Uint32Array> {
  if (train.rows < folds) {
    const problem = `${train.rows} training row(s) are to be divided into ${folds} folds; ask for fewer, or give more data`;
    throw new PipelineError("data", "targetEncode.folds", problem);
  }
  const order = Uint32Array.from({ length: train.rows }, (_, row) => row);
  if (stage.shuffle !== false) shuffled(order, source);
  yield 0;
  return dealt(order, folds, labels);
}

/** For each row the place of its category; the place behind all of them is for what is none. */
function placesOf(categories: readonly string[], column: CategoryColumn): Int32Array {
  const places = placesIn(categories, column).map((place) => (place < 0 ? categories.length : place));
  return column.codes.map((code) => places[code] ?? categories.length);
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of each place in each fold: how many rows it has, and what their target's distances from `center` and the squares of those come to. */
interface Tally {
  readonly center: number;
  readonly rows: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

const SOME = 1 << 16;

/** One pass over the rows: those of some folds are those of all less those of the others. */
function* tallied(target: Float64Array, center: number, places: Int32Array, count: number, foldOf?: Uint32Array, folds = 1): Work<Tally> {
  const length = folds * (count + 1);
  const tally = { center, rows: new Float64Array(length), sums: new Float64Array(length), squares: new Float64Array(length) };
  for (let start = 0; start < places.length; start += SOME) {
    yield start;
    const end = Math.min(places.length, start + SOME);
    for (let row = start; row < end; row++) {
      const at = (foldOf === undefined ? 0 : (foldOf[row] as number) * (count + 1)) + (places[row] as number);
      const distance = (target[row] as number) - center;
      tally.rows[at] = (tally.rows[at] as number) + 1;
      tally.sums[at] = (tally.sums[at] as number) + distance;
      tally.squares[at] = (tally.squares[at] as number) + distance * distance;
    }
  }
  return tally;
}

/** The mean of the target among all rows, and the smoothed mean of each category; of the rows of all folds, or of all `without` one. */
function meansOf(
  { smoothing = "auto" }: TargetEncode,
  { center, rows, sums, squares }: Tally,
  count: number,
  without?: number,
): { readonly mean: number; readonly means: Float64Array } {
  const folds = rows.length / (count + 1);
  const [n, sum, square] = [rows, sums, squares].map((of) =>
    Float64Array.from({ length: count + 1 }, (_, place) => {
      let total = 0;
      for (let fold = 0; fold < folds; fold++) if (fold !== without) total += of[fold * (count + 1) + place] as number;
      return total;
    }),
  ) as [Float64Array, Float64Array, Float64Array];
  const totalOf = (of: Float64Array): number => of.reduce((total, value) => total + value, 0);
  const all = totalOf(n);
  const offset = totalOf(sum) / all;
  const mean = center + offset;
  const variance = Math.max(0, totalOf(square) / all - offset * offset);
  const means = n.subarray(0, count).map((of, place) => {
    const distance = sum[place] as number;
    if (smoothing !== "auto") return of + smoothing === 0 ? mean : center + (distance + smoothing * offset) / (of + smoothing);
    const spread = Math.max(0, (square[place] as number) - (distance * distance) / of);
    const weight = (variance * of) / (variance * of + spread / of);
    return Number.isNaN(weight) ? mean : center + weight * (distance / of) + (1 - weight) * offset;
  });
  return { mean, means };
}

function columnOf(name: string, classes: readonly string[], data: Float64Array): NumericColumn {
  if (classes.length === 0) return { type: "numeric", shape: [], data };
  return { type: "numeric", shape: [classes.length], data, features: classes.map((of) => `${name}_${of}`) };
}
