// What the stages share that change values column by column.
import { type CategoryColumn, type Column, column, type Table, type TextColumn } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import type { CleanResult } from "../stage.ts";
import type { Work } from "../work.ts";

export interface ChangedColumn {
  readonly column: Column;
  /** How many values are others than before. */
  readonly changed: number;
}

/** The table with these columns changed. */
export function* changeColumns(
  table: Table,
  names: readonly string[],
  change: (column: Column, name: string) => ChangedColumn,
): Work<CleanResult> {
  const columns: Record<string, Column> = { ...table.columns };
  let changed = 0;
  for (const [i, name] of names.entries()) {
    yield Math.floor((i * table.rows) / names.length);
    const from = column(table, name);
    const made = change(from, name);
    // One that is as it was stays the same object: nobody need look through it for what has changed.
    if (made.changed > 0 || made.column.type !== from.type) columns[name] = made.column;
    changed += made.changed;
  }
  return { table: { ...table, columns }, removed: [], changed };
}

/** Whether a row's value there is one text. */
export const isWritten = (c: Column): c is TextColumn | CategoryColumn => c.type === "text" || c.type === "category";

/** Every text replaced; undefined makes it missing. What is missing already stays so. Names of categories that become the same are one. */
export function rewrite(c: TextColumn | CategoryColumn, to: (text: string) => string | undefined): ChangedColumn {
  let changed = 0;
  if (c.type === "text") {
    const values = c.values.map((text) => {
      const made = text === "" ? "" : (to(text) ?? "");
      if (made !== text) changed++;
      return made;
    });
    return { column: { ...c, values }, changed };
  }
  const places = new Map<string, number>();
  const codeOf = c.categories.map((name) => {
    const made = to(name);
    if (made === undefined) return -1;
    const place = places.get(made) ?? places.size;
    places.set(made, place);
    return place;
  });
  const categories = [...places.keys()];
  const isOther = c.categories.map((name, code) => categories[codeOf[code] as number] !== name);
  const codes = c.codes.map((code) => {
    if (isOther[code] === true) changed++;
    return codeOf[code] ?? -1;
  });
  return { column: { ...c, categories, codes }, changed };
}

/** Throws where a stage is asked to change what is to be predicted. */
export function refuseTarget(table: Table, names: readonly string[], at: string, way: string): void {
  if (names.includes(table.target)) throw new PipelineError("config", at, `"${table.target}" is the target; ${way}`);
}
