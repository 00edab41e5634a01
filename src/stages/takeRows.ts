// Some rows of a table, a column at a time.
import type { Column, Table } from "../data/table.ts";
import { take, takeColumn } from "../data/take.ts";
import type { Work } from "./work.ts";

/** As `take`. */
export function* takeRows(table: Table, positions: Uint32Array): Work<Table> {
  const columns: Record<string, Column> = {};
  const names = Object.keys(table.columns);
  for (const [i, name] of names.entries()) {
    yield Math.floor((i * table.rows) / names.length);
    columns[name] = takeColumn(table.columns[name] as Column, positions);
  }
  return { ...take({ ...table, columns: {} }, positions), columns };
}
