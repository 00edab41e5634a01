// Numbers that stand for something: refused before training where there is nothing that they stand for.
import { type NumericColumn, size } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import type { Target } from "../nn/losses/target.ts";
import type { Ids } from "../nn/model.ts";
import { valueName } from "../stages/clean/rows.ts";
import type { Affine } from "../stages/stage.ts";

/**
 * Throws for the first number, as the model would read it, that its embedding has no entry for. `name` is the column's, `rowName` says
 * what row i is called.
 */
export function requireIds(
  ids: Ids | undefined,
  column: NumericColumn,
  { scale, shift }: Affine,
  name: string,
  rowName: (i: number) => string,
): void {
  if (ids === undefined) return;
  const { at, count } = ids;
  const { data, shape } = column;
  const width = size(shape);
  const [a, b] = [Float32Array.from(scale), Float32Array.from(shift)];
  for (let i = 0; i < data.length; i++) {
    const j = a.length === 1 ? 0 : i % width;
    const value = Math.fround(Math.fround((data[i] as number) * (a[j] as number)) + (b[j] as number));
    if (Number.isInteger(value) && value >= 0 && value < count) continue;
    const what = `${valueName(name, column, i % width)} is ${value}${value === data[i] ? "" : ` (${data[i]} before normalize)`}`;
    const way =
      value !== data[i]
        ? "leave normalize out"
        : Number.isInteger(value) && value >= 0
          ? `give it inputDim ${column.vocabulary?.length ?? value + 1}, or keep fewer words`
          : "encode the words as whole numbers from 0";
    throw new PipelineError("data", rowName(Math.floor(i / width)), `${what}, but ${at} knows the ids 0 to ${count - 1}; ${way}`);
  }
}

/** Throws for the first class number of a sequence that no class has. */
export function requireLabels(target: Target, column: NumericColumn, name: string, rowName: (i: number) => string): void {
  if (target.kind !== "labels" || target.steps === undefined) return;
  const { classes, steps } = target;
  const wrong = column.data.findIndex((label) => label < 0 || label >= classes);
  if (wrong < 0) return;
  throw new PipelineError(
    "data",
    rowName(Math.floor(wrong / steps)),
    `${valueName(name, column, wrong % steps)} is ${column.data[wrong]}, but the classes are numbered 0 to ${classes - 1}`,
  );
}
