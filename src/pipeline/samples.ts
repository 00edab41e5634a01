// A few rows that are followed through the stages, for somebody to see what becomes of them.
import { rowText } from "../data/rowText.ts";
import { column, size, type Table } from "../data/table.ts";
import type { RowSample, RowView } from "./events.ts";
import { columnType } from "./feed.ts";
import { pictureOf } from "./report/rowView.ts";

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

function viewOf(table: Table, row: number): RowView | undefined {
  const { inputs } = table;
  if (inputs.length > 1) {
    const values = inputs.slice(0, MOST_SHOWN).map((name) => ({ name, value: rowText(column(table, name), row, 40) }));
    return { kind: "values", values, more: inputs.length - values.length };
  }
  const only = column(table, inputs[0] as string);
  if (only.type !== "numeric") return undefined;
  const width = size(only.shape);
  return pictureOf(Float32Array.from(only.data.subarray(row * width, (row + 1) * width)), only.shape, columnType(only));
}

function sampleOf(table: Table, row: number, id: number): RowSample {
  const view = viewOf(table, row);
  return { id, text: textOf(table, row), ...(view && { view }) };
}

/** What the marked rows hold, as part of an event; those that were removed are missing. */
export function samplesOf(...tables: readonly (Table | undefined)[]): { readonly samples?: readonly RowSample[] } {
  const found = new Map<number, RowSample>();
  let wanted: readonly number[] = [];
  for (const table of tables) {
    if (table?.shown === undefined) continue;
    wanted = table.shown;
    for (const id of wanted) {
      const row = table.ids.indexOf(id);
      if (row >= 0) found.set(id, sampleOf(table, row, id));
    }
  }
  if (wanted.length === 0) return {};
  return { samples: wanted.flatMap((id) => found.get(id) ?? []) };
}
