// Which columns a model's answers hang on, by permutation (Breiman 2001), as scikit-learn's `permutation_importance` of a whole pipeline: the
// values of one column are dealt out anew among the rows that the model is measured on, and what a metric loses by that is what the column
// is worth to this model. Columns are those that clean leaves, before normalize makes numbers of them, so they bear the names that users know.
import { column, isTabular, type NumericColumn, type Table } from "../data/table.ts";
import { take, takeColumn } from "../data/take.ts";
import { PipelineError } from "../errors.ts";
import { evaluate } from "../nn/metrics/evaluate.ts";
import type { Importance } from "../nn/metrics/evaluation.ts";
import { type Metric, resolveMetric } from "../nn/metrics/index.ts";
import type { Predictions } from "../nn/metrics/predictions.ts";
import { purpose, random, shuffle } from "../random.ts";
import { inputText, rawInput } from "./rawInput.ts";

export interface ImportanceSettings {
  /** How often each column is shuffled. Default 5. */
  readonly repeats?: number;
  /** What is looked at. Default: the first of `metrics` that is a number, or else the loss. */
  readonly metric?: Metric;
  /** Of more rows so many are drawn. Default 20,000. */
  readonly maxSamples?: number;
}

const REPEATS = 5;
const MAX_SAMPLES = 20_000;

export interface ImportancePlan {
  readonly metric: Metric;
  readonly repeats: number;
  readonly maxSamples: number;
}

export function importancePlan(asked: boolean | ImportanceSettings | undefined, metrics: readonly Metric[]): ImportancePlan | undefined {
  if (asked === undefined || asked === false) return undefined;
  const { repeats = REPEATS, metric, maxSamples = MAX_SAMPLES } = asked === true ? {} : asked;
  const isNumber = (m: Metric): boolean => resolveMetric(m, "evaluate").kind.compute !== undefined;
  return { metric: metric ?? metrics.find(isNumber) ?? "loss", repeats, maxSamples };
}

/** What can be shuffled by itself: a column of many, or one number of rows that are vectors. */
interface Part {
  readonly name: string;
  shuffled(order: Uint32Array): Table;
}

function partsOf(table: Table): Part[] {
  const { columns, inputs } = table;
  const having = (name: string, values: Table["columns"][string]): Table => ({ ...table, columns: { ...columns, [name]: values } });
  if (isTabular(table)) return inputs.map((name) => ({ name, shuffled: (order) => having(name, takeColumn(column(table, name), order)) }));
  const [name] = inputs as readonly [string];
  const vectors = column(table, name);
  if (vectors.type !== "numeric" || vectors.shape.length !== 1 || vectors.vocabulary !== undefined) {
    const text = vectors.type === "text" || vectors.type === "tokens";
    const rather = text
      ? "predict --text says which words of a text moved its answer"
      : "only columns, or the numbers of a vector, can be shuffled";
    const rows = text ? "of text" : inputText(rawInput(table));
    throw new PipelineError("config", "evaluate.importance", `the rows are ${rows}; leave it out: ${rather}`);
  }
  const width = vectors.shape[0] as number;
  return Array.from({ length: width }, (_, j) => ({
    name: vectors.features?.[j] ?? `${name}[${j}]`,
    shuffled: (order) => having(name, { ...vectors, data: withShuffled(vectors, j, width, order) }),
  }));
}

function withShuffled({ data }: NumericColumn, j: number, width: number, order: Uint32Array): NumericColumn["data"] {
  const made = data.slice();
  for (const [row, from] of order.entries()) made[row * width + j] = data[from * width + j] as number;
  return made;
}

/** The metric of these predictions. */
export function scoreOf({ metric }: ImportancePlan, predictions: Predictions): number {
  const resolved = resolveMetric(metric, "evaluate.importance.metric");
  const name = resolved.kind.name(resolved.metric);
  const { scalars } = evaluate(name === "loss" ? [] : [metric], predictions);
  return scalars[name] ?? Number.NaN;
}

/** Throws where rows have no columns. */
export const checkImportance = (table: Table): void => void partsOf(table);

export const importanceSteps = (table: Table, { repeats }: ImportancePlan): number => 1 + repeats * partsOf(table).length;

/** The rows as they are, row r with the values of row `order[r]` in one column. */
export function shuffledOrder(rows: number, seed: number, part: number, repeat: number): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  shuffle(order, random(seed, purpose.importance, part, repeat));
  return order;
}

/**
 * Yields how often it has asked for a score. `score` is the metric's value for rows as clean leaves them; what is lost counts as more
 * importance, whichever way the metric gets better.
 */
export async function* permutationImportance(
  rows: Table,
  { metric, repeats, maxSamples }: ImportancePlan,
  seed: number,
  score: (table: Table) => Promise<number>,
): AsyncGenerator<number, Importance, undefined> {
  const table = rows.rows <= maxSamples ? rows : take(rows, sample(rows.rows, maxSamples, seed));
  const { kind, metric: descriptor } = resolveMetric(metric, "evaluate.importance.metric");
  const sign = kind.better === "higher" ? 1 : -1;
  const whole = await score(table);
  let done = 1;
  yield done;
  const columns: Importance["columns"][number][] = [];
  for (const [p, part] of partsOf(table).entries()) {
    const losses: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      losses.push(sign * (whole - (await score(part.shuffled(shuffledOrder(table.rows, seed, p, repeat))))));
      yield ++done;
    }
    columns.push({ column: part.name, ...spread(losses) });
  }
  return { metric: kind.name(descriptor), score: whole, rows: table.rows, repeats, columns: ranked(columns) };
}

/** All of it. */
export async function importanceOf(...how: Parameters<typeof permutationImportance>): Promise<Importance> {
  const work = permutationImportance(...how);
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value;
  }
}

/** Some rows, in their order; never those that a column's own shuffling would draw. */
function sample(rows: number, count: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  shuffle(order, random(seed, purpose.importance, 0xffffffff));
  return order.subarray(0, count).sort();
}

function spread(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) };
}

/** The most important first. */
const ranked = (columns: Importance["columns"]): Importance["columns"] => [...columns].sort((a, b) => b.mean - a.mean);

/** What several folds found: means over the folds, and their deviation. */
export function importanceOfFolds(folds: readonly Importance[]): Importance | undefined {
  const [first] = folds;
  if (first === undefined) return undefined;
  const names = [...new Set(folds.flatMap(({ columns }) => columns.map(({ column }) => column)))];
  const columns = names.map((name) => {
    const means = folds.flatMap(({ columns }) => columns.filter(({ column }) => column === name).map(({ mean }) => mean));
    return { column: name, ...spread(means) };
  });
  return {
    ...first,
    score: spread(folds.map(({ score }) => score)).mean,
    rows: folds.reduce((sum, { rows }) => sum + rows, 0),
    folds: folds.length,
    columns: ranked(columns),
  };
}
