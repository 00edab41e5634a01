// A few rows that are followed through the stages, for somebody to see what becomes of them.
import { rowText } from "../data/rowText.ts";
import { column, type Table } from "../data/table.ts";
import type { RowSample } from "./events.ts";

/** The table, with this many of its rows, evenly spread, marked to be shown. */
export function showing(table: Table, count: number): Table {
  if (count === 0) return table;
  const some = Math.min(count, table.rows);
  return { ...table, shown: Array.from({ length: some }, (_, i) => table.ids[Math.floor((i * table.rows) / some)] as number) };
}

/** What the marked rows hold, as part of an event; those that were removed are missing. */
export function samplesOf(...tables: readonly (Table | undefined)[]): { readonly samples?: readonly RowSample[] } {
  const found = new Map<number, string>();
  let wanted: readonly number[] = [];
  for (const table of tables) {
    if (table?.shown === undefined) continue;
    wanted = table.shown;
    for (const id of wanted) {
      const row = table.ids.indexOf(id);
      if (row >= 0) found.set(id, table.inputs.map((name) => rowText(column(table, name), row)).join("; "));
    }
  }
  if (wanted.length === 0) return {};
  return { samples: wanted.flatMap((id) => (found.has(id) ? [{ id, text: found.get(id) as string }] : [])) };
}
