// What the numbers of several folds come to.
import type { CrossValidation, FoldResult, Scalars } from "./events.ts";
import { importanceOfFolds } from "./importance.ts";

export function crossValidationOf(results: readonly FoldResult[], folds: number, repeats: number): CrossValidation {
  const values = valuesOf(results.map(({ test }) => test));
  const baselines = results.flatMap(({ baseline }) => (baseline === undefined ? [] : [baseline]));
  const importance = importanceOfFolds(results.flatMap((result) => result.importance ?? []));
  const of = (statistic: (values: readonly number[]) => number, from: typeof values): Scalars =>
    Object.fromEntries(Object.entries(from).map(([name, list]) => [name, statistic(list)]));
  return {
    folds,
    repeats,
    mean: of(mean, values),
    deviation: of(deviation, values),
    values,
    ...(baselines.length > 0 && { baseline: of(mean, valuesOf(baselines)) }),
    ...(importance && { importance }),
    ...summed(results),
  };
}

function summed(results: readonly FoldResult[]): Pick<CrossValidation, "confusionMatrix" | "classes"> {
  const matrices = results.flatMap(({ confusionMatrix }) => (confusionMatrix === undefined ? [] : [confusionMatrix]));
  const [first] = matrices;
  if (first === undefined) return {};
  const confusionMatrix = first.map((row, a) => row.map((_, p) => matrices.reduce((sum, matrix) => sum + (matrix[a]?.[p] ?? 0), 0)));
  const classes = results.find((result) => result.classes !== undefined)?.classes;
  return { confusionMatrix, ...(classes && { classes }) };
}

/** By name; NaN where a fold has no such number. */
function valuesOf(scalars: readonly Scalars[]): Record<string, number[]> {
  const names = new Set(scalars.flatMap((of) => Object.keys(of)));
  return Object.fromEntries([...names].map((name) => [name, scalars.map((of) => of[name] ?? Number.NaN)]));
}

export const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((v) => (v - middle) ** 2)));
}
