// Removes rows in which values are missing.
import { type Descriptor, describe, optional, positiveInteger, type Rules } from "../../check.ts";
import { type Column, column, size, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanResult, CleanStage } from "../stage.ts";
import type { Work } from "../work.ts";
import { missingCount, missingPlace, missingText } from "./missing.ts";
import { removeRows } from "./rows.ts";

export interface DropMissing extends Descriptor {
  readonly kind: "dropMissing";
  readonly columns?: Columns;
  readonly threshold?: number;
}

const rules: Rules = { columns: optional(columnsRule), threshold: optional(positiveInteger) };

/**
 * Removes rows with a missing value in any of `columns` (default: the inputs and the target): NaN, no category, text without a word in it,
 * or no label. With `threshold` it removes those that have fewer than so many values there, as pandas's `dropna(thresh)`.
 */
export function dropMissing(settings: Omit<DropMissing, "kind"> = {}): DropMissing {
  return describe<DropMissing>("dropMissing", settings, rules);
}

export const dropMissingStage: CleanStage<DropMissing> = { kind: "dropMissing", rules, rowwise: false, apply: withoutMissing };

/** What dropMissing does, and dropIncomplete. */
export function* withoutMissing({ kind, columns, threshold }: Omit<DropMissing, "kind"> & Descriptor, table: Table): Work<CleanResult> {
  const names = chosenColumns(table, columns, [...table.inputs, table.target], `${kind}.columns`);
  const chosen = names.map((name) => [name, column(table, name)] as const);
  if (threshold !== undefined) return yield* removeRows(table, tooFew(chosen, threshold, kind));
  return yield* removeRows(table, (row) => {
    for (const [name, c] of chosen) {
      const place = missingPlace(c, row);
      if (place >= 0) return missingText(name, c, place);
    }
    return undefined;
  });
}

function tooFew(chosen: readonly (readonly [string, Column])[], threshold: number, kind: string): (row: number) => string | undefined {
  const values = chosen.reduce((sum, [, c]) => sum + (c.type === "numeric" ? size(c.shape) : 1), 0);
  if (threshold > values)
    throw new PipelineError("config", `${kind}.threshold`, `${threshold} is more than the ${values} values that a row has`);
  return (row) => {
    const missing = chosen.reduce((sum, [, c]) => sum + missingCount(c, row), 0);
    if (values - missing >= threshold) return undefined;
    const names = chosen.filter(([, c]) => missingPlace(c, row) >= 0).map(([name]) => name);
    return `has ${values - missing} of ${values} values, fewer than ${threshold}; missing in ${names.join(", ")}`;
  };
}
