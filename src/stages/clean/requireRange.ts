// Removes rows with a number outside [min, max].
import { type Descriptor, describe, number, optional, type Rules } from "../../check.ts";
import { size, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { removeRows, type Span, spans, valueName } from "./rows.ts";

export interface RequireRange extends Descriptor {
  readonly kind: "requireRange";
  readonly min?: number;
  readonly max?: number;
  readonly columns?: Columns;
}

const rules: Rules = { min: optional(number()), max: optional(number()), columns: optional(columnsRule) };

/**
 * Removes rows with a value below `min` or above `max` (both allowed themselves), and reports the value. Looks at all numeric inputs
 * or at `columns`, among whose names may be those of a vector's features. Missing values are left to dropIncomplete and fillMissing.
 */
export function requireRange(settings: Omit<RequireRange, "kind">): RequireRange {
  const { min, max } = settings;
  if (min === undefined && max === undefined) throw new PipelineError("config", "requireRange", "expected min or max or both, got neither");
  if (min !== undefined && max !== undefined && min > max)
    throw new PipelineError("config", "requireRange", `min is ${min}, above max, ${max}`);
  return describe<RequireRange>("requireRange", settings, rules);
}

export const requireRangeStage: CleanStage<RequireRange> = {
  kind: "requireRange",
  rules,
  rowwise: false,
  *apply({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, columns }, table) {
    const looked = lookedAt(table, columns);
    return yield* removeRows(table, (row) => {
      for (const { name, column, from, to } of looked) {
        const start = row * size(column.shape);
        for (let i = from; i < to; i++) {
          const value = column.data[start + i] as number;
          if (value < min || value > max) return `${valueName(name, column, i)} is ${value}, outside [${min}, ${max}]`;
        }
      }
      return undefined;
    });
  },
};

function lookedAt(table: Table, columns: Columns | undefined): Span[] {
  const at = "requireRange.columns";
  if (columns === undefined || columns === "numeric") return spans(table, undefined, at);
  const names = Array.isArray(columns) ? (columns as readonly string[]) : chosenColumns(table, columns, [], at);
  return names.flatMap((name) => spans(table, name, at));
}
