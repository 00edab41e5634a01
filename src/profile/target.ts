// What is to be predicted: classes, or amounts.
import type { Task } from "../data/labels.ts";
import { PipelineError, unknownName } from "../errors.ts";
import type { Values } from "./values.ts";

export type Target =
  | { readonly type: "classes"; readonly names: readonly string[]; readonly codes: Int32Array }
  | { readonly type: "values"; readonly numbers: Float64Array };

/** Whole numbers of more kinds than this are amounts, as for `csv`. */
const MOST_CLASSES = 20;

/** Names are classes; numbers are classes where they are whole and few, or where `task` says so. */
export function targetOf(values: Values, task: Task | undefined): Target {
  const { name, numbers, codes, categories } = values;
  if (numbers === undefined) {
    if (task === "regression")
      throw new PipelineError(
        "data",
        `column "${name}"`,
        `it holds names such as ${JSON.stringify(categories[0])}, which cannot be regressed on`,
      );
    return { type: "classes", names: categories, codes };
  }
  const distinct = new Set<number>();
  for (const value of numbers) if (!Number.isNaN(value) && distinct.size <= MOST_CLASSES) distinct.add(value);
  const few = distinct.size <= MOST_CLASSES && [...distinct].every(Number.isInteger);
  if (task === "regression" || (task === undefined && !few)) return { type: "values", numbers };
  if (!few)
    throw new PipelineError("data", `column "${name}"`, `it holds amounts, or more than ${MOST_CLASSES} kinds of numbers; say regression`);
  const sorted = [...distinct].sort((a, b) => a - b);
  const places = new Map(sorted.map((value, i) => [value, i]));
  return { type: "classes", names: sorted.map(String), codes: Int32Array.from(numbers, (value) => places.get(value) ?? -1) };
}

export function checkName(name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw new PipelineError("config", "target", unknownName("column", name, known));
}

/** The rows at these places. */
export const someTargets = (target: Target, rows: Uint32Array): Target =>
  target.type === "classes"
    ? { ...target, codes: Int32Array.from(rows, (row) => target.codes[row] as number) }
    : { type: "values", numbers: Float64Array.from(rows, (row) => target.numbers[row] as number) };
