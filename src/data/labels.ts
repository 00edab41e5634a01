// What a model learns to predict, from the user's list: classes (i32, -1 where missing; rows of them for sequences), numbers (f32) or rows of
// numbers (f32).
import { PipelineError, show } from "../errors.ts";
import { byCodePoint } from "./categories.ts";
import { type Nested, nestedColumn } from "./nested.ts";
import { type Column, columnKind, type NumericColumn } from "./table.ts";

export type Label = string | Nested;
export type Task = "classification" | "regression";

export interface LabelOptions {
  readonly task?: Task | undefined;
  readonly classes?: readonly string[] | undefined;
  /** For messages: what value number i is called, such as `y[3]`. */
  where(i: number): string;
}

const isMissing = (value: Label): boolean => value === null || value === "" || Number.isNaN(value);

/** Decides what the labels are: text is classes, numbers and lists of them are as `task` says (lists are amounts without it). */
export function labelColumn(values: readonly Label[], options: LabelOptions): NumericColumn {
  const first = values.find((value) => !isMissing(value));
  if (typeof first === "object") return denseLabels(values, options);
  if (typeof first === "string") return textLabels(values, options);
  return numberLabels(values, options);
}

/** More different whole numbers than this are amounts. */
const MOST_CLASSES = 20;

/** As `labelColumn`, from a column of numbers or of categories; whole numbers are classes, unless told, where there are at most 20 of them. */
export function columnLabels(column: Column, options: LabelOptions): NumericColumn {
  if (column.type === "numeric") {
    const known = new Set<number>();
    for (let i = 0; i < column.data.length && known.size <= MOST_CLASSES + 1; i++) known.add(column.data[i] as number);
    known.delete(Number.NaN);
    const amounts = options.task === undefined && options.classes === undefined && known.size > MOST_CLASSES;
    return labelColumn(Array.from(column.data), amounts ? { ...options, task: "regression" } : options);
  }
  if (column.type !== "category")
    throw new PipelineError("data", options.where(0), `expected numbers or categories to be predicted, got ${columnKind[column.type]}`);
  const { categories, codes } = column;
  if (options.task === "regression") {
    const row = Math.max(
      0,
      codes.findIndex((code) => code >= 0),
    );
    throw new PipelineError(
      "data",
      options.where(row),
      `expected a number, got ${show(categories[codes[row] as number])}; or set task: "classification"`,
    );
  }
  const where = (code: number): string => options.where(codes.indexOf(code));
  const { data, classes = [] } = labelColumn(categories, {
    ...options,
    classes: options.classes ?? categories.toSorted(byCodePoint),
    where,
  });
  return { type: "numeric", shape: [], data: codes.map((code) => data[code] ?? -1), classes };
}

function denseLabels(values: readonly Label[], { task, classes, where }: LabelOptions): NumericColumn {
  const bad = values.findIndex((value) => typeof value === "string");
  if (bad >= 0) throw new PipelineError("data", where(bad), `expected a list of numbers as in ${where(0)}, got ${show(values[bad])}`);
  const { column, misfits } = nestedColumn(values as readonly Nested[], "y");
  const misfit = misfits[0];
  if (misfit !== undefined) throw new PipelineError("data", where(misfit.id), misfit.reason);
  return task === "classification" ? classesOfSteps(column, classes, where) : column;
}

/** Rows of class numbers, one for each step of a sequence. */
function classesOfSteps(
  { shape, data }: NumericColumn,
  classes: readonly string[] | undefined,
  where: LabelOptions["where"],
): NumericColumn {
  const [steps = 1, ...deeper] = shape;
  if (deeper.length > 0)
    throw new PipelineError("data", where(0), `expected a class number for each step, got lists of shape [${shape.join(", ")}]`);
  const wrong = data.findIndex((n) => !(Number.isInteger(n) && n >= 0 && n < (classes?.length ?? 2 ** 24)));
  if (wrong >= 0) {
    const known = classes === undefined ? "class numbers (0, 1, 2, …)" : `class numbers from 0 to ${classes.length - 1}`;
    throw new PipelineError("data", `${where(Math.floor(wrong / steps))}[${wrong % steps}]`, `expected ${known}, got ${data[wrong]}`);
  }
  return { type: "numeric", shape: [steps], data: Int32Array.from(data), classes: classes ?? countedNames(largest(data)) };
}

function textLabels(values: readonly Label[], { classes, where }: LabelOptions): NumericColumn {
  const bad = values.findIndex((value) => !isMissing(value) && typeof value !== "string");
  if (bad >= 0) throw new PipelineError("data", where(bad), `expected text as in the other labels, got ${show(values[bad])}`);
  const names = classes ?? [...new Set(values.filter((value) => !isMissing(value)) as string[])].sort();
  const numbers = new Map(names.map((name, i) => [name as Label, i]));
  const data = Int32Array.from(values, (value, i) => {
    if (isMissing(value)) return -1;
    const number = numbers.get(value);
    if (number === undefined)
      throw new PipelineError(
        "data",
        where(i),
        `${show(value)} is not one of the classes ${names.map((n) => JSON.stringify(n)).join(", ")}`,
      );
    return number;
  });
  return { type: "numeric", shape: [], data, classes: names };
}

function numberLabels(values: readonly Label[], { task, classes, where }: LabelOptions): NumericColumn {
  const bad = values.findIndex((value) => !isMissing(value) && typeof value !== "number");
  if (bad >= 0) throw new PipelineError("data", where(bad), `expected a number as in the other labels, got ${show(values[bad])}`);
  const numbers = Float64Array.from(values, (value) => (isMissing(value) ? Number.NaN : (value as number)));
  const odd = numbers.findIndex((n) => !Number.isNaN(n) && !(Number.isInteger(n) && n >= 0 && n < 2 ** 31));
  const wanted = task ?? (classes !== undefined || odd < 0 ? "classification" : "regression");
  if (wanted === "regression") return { type: "numeric", shape: [], data: Float32Array.from(numbers) };
  if (odd >= 0)
    throw new PipelineError(
      "data",
      where(odd),
      `expected a class number (0, 1, 2, …), got ${numbers[odd]}; for other numbers set task: "regression"`,
    );
  const most = largest(numbers);
  const beyond = classes === undefined ? -1 : numbers.findIndex((n) => n >= classes.length);
  if (beyond >= 0) {
    const range = `there are ${classes?.length} classes (0 to ${(classes?.length ?? 0) - 1})`;
    throw new PipelineError("data", where(beyond), `the label is ${numbers[beyond]}, but ${range}`);
  }
  // More numbers than rows are counts or years rather than classes: they keep their values, and get no names.
  const named = task === "classification" || most < values.length;
  const names = classes ?? (named ? countedNames(most) : undefined);
  const data = Int32Array.from(numbers, (n) => (Number.isNaN(n) ? -1 : n));
  return { type: "numeric", shape: [], data, ...(names && { classes: names }) };
}

/** The largest label; -1 when there is none. */
export function largest(labels: Iterable<number>): number {
  let most = -1;
  for (const label of labels) if (label > most) most = label;
  return most;
}

/** "0" to `most`. */
export const countedNames = (most: number): string[] => Array.from({ length: most + 1 }, (_, i) => String(i));
