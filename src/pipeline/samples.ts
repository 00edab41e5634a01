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

const MOST_SHOWN = 30;

function textOf(table: Table, row: number): string {
  const { inputs } = table;
  if (inputs.length === 1) return rowText(column(table, inputs[0] as string), row);
  const texts = inputs.slice(0, MOST_SHOWN).map((name) => `${name} ${rowText(column(table, name), row, 40)}`);
  return texts.join("; ") + (inputs.length > MOST_SHOWN ? `; … (${inputs.length} columns)` : "");
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
      if (row >= 0) found.set(id, textOf(table, row));
    }
  }
  if (wanted.length === 0) return {};
  return { samples: wanted.flatMap((id) => (found.has(id) ? [{ id, text: found.get(id) as string }] : [])) };
}
