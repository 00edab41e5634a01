// What the cleaning stages share: how a value is called in a message, which numbers they look at, and how rows are removed.
import { type NumericColumn, numericColumn, size, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import type { CleanResult, Removed } from "../stage.ts";
import { takeRows } from "../takeRows.ts";
import type { Work } from "../work.ts";

/** `image[3, 7]`, `x[2]`, `x "height"` or, for one number a row, the column's name alone. */
export function valueName(name: string, column: NumericColumn, place: number): string {
  const feature = column.features?.[place];
  if (feature !== undefined) return `${name} "${feature}"`;
  if (column.shape.length === 0) return name;
  const index: number[] = [];
  let rest = place;
  for (const n of [...column.shape].reverse()) {
    index.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return `${name}[${index.join(", ")}]`;
}

/** A stretch of each row: a whole column, or one named feature of a vector. */
export interface Span {
  readonly name: string;
  readonly column: NumericColumn;
  readonly from: number;
  readonly to: number;
}

/** The numeric inputs or, by name, one column or one feature of a vector. */
export function spans(table: Table, name: string | undefined, at: string): Span[] {
  const whole = (of: string, column: NumericColumn): Span => ({ name: of, column, from: 0, to: size(column.shape) });
  const inputs = table.inputs.flatMap((input) => {
    const column = table.columns[input];
    return column?.type === "numeric" ? [whole(input, column)] : [];
  });
  if (name === undefined) return inputs;
  if (table.columns[name] !== undefined) return [whole(name, numericColumn(table, name))];
  for (const span of inputs) {
    const from = span.column.features?.indexOf(name) ?? -1;
    if (from >= 0) return [{ ...span, from, to: from + 1 }];
  }
  const known = [...Object.keys(table.columns), ...inputs.flatMap((span) => span.column.features ?? [])];
  throw new PipelineError("config", at, `there is no column "${name}"; known: ${known.join(", ")}`);
}

/** Removes every row for which `reason` gives one. */
export function* removeRows(table: Table, reason: (row: number) => string | undefined): Work<CleanResult> {
  const kept = new Uint32Array(table.rows);
  let n = 0;
  const removed: Removed[] = [];
  for (let row = 0; row < table.rows; row++) {
    yield row;
    const why = reason(row);
    if (why === undefined) kept[n++] = row;
    else removed.push({ id: table.ids[row] as number, reason: why });
  }
  return { table: removed.length === 0 ? table : yield* takeRows(table, kept.subarray(0, n)), removed, changed: 0 };
}
