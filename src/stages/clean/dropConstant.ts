// Leaves out columns that say nothing: in all training rows they hold the same.
import { type Descriptor, describe, optional, type Rules } from "../../check.ts";
import { type Column, column, size } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { withoutColumns } from "./withoutColumns.ts";

export interface DropConstant extends Descriptor {
  readonly kind: "dropConstant";
  readonly columns?: Columns;
}

const rules: Rules = { columns: optional(columnsRule) };

/**
 * Leaves out inputs (or of `columns` those) that hold one value in all training rows, or none at all; missing values do not count, as in
 * scikit-learn's `VarianceThreshold`. Whole columns only: the features of a vector stay together.
 */
export function dropConstant(settings: Omit<DropConstant, "kind"> = {}): DropConstant {
  return describe<DropConstant>("dropConstant", settings, rules);
}

export const dropConstantStage: CleanStage<DropConstant, readonly string[]> = {
  kind: "dropConstant",
  rules,
  rowwise: true,
  *fit(stage, train) {
    if (train.rows === 0) throw new PipelineError("data", "dropConstant", "there is no training row");
    const names = chosenColumns(train, stage.columns, train.inputs, "dropConstant.columns");
    const constant: string[] = [];
    for (const [i, name] of names.entries()) {
      yield Math.floor((i * train.rows) / names.length);
      if (name !== train.target && isConstant(column(train, name))) constant.push(name);
    }
    return constant;
  },
  apply: (_, table, fitted) => withoutColumns(table, fitted, "dropConstant"),
};

function isConstant(c: Column): boolean {
  if (c.type === "text") return holdsOne(c.values.length, (row) => c.values[row] || undefined);
  if (c.type === "category") return holdsOne(c.codes.length, (row) => c.categories[c.codes[row] as number]);
  if (c.type !== "numeric") return false;
  const { data } = c;
  const width = size(c.shape);
  const known = (value: number | undefined): number | undefined => (Number.isNaN(value) ? undefined : value);
  return Array.from({ length: width }).every((_, place) => holdsOne(data.length / width, (row) => known(data[row * width + place])));
}

/** Whether no two of the values differ; undefined is none. */
function holdsOne<T>(rows: number, valueOf: (row: number) => T | undefined): boolean {
  let one: T | undefined;
  for (let row = 0; row < rows; row++) {
    const value = valueOf(row);
    if (value === undefined) continue;
    if (one !== undefined && one !== value) return false;
    one = value;
  }
  return true;
}
