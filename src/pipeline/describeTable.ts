// A table in one line: which columns of which type, and what is to be predicted.
import { type Column, column, columnKind, isTabular, numericColumn, type Table } from "../data/table.ts";
import { columnType } from "./feed.ts";

export function describeTable(table: Table): string {
  const target = numericColumn(table, table.target);
  const values = target.shape.length === 0 ? ", a number" : ` [${target.shape.join(", ")}]`;
  const predicted = target.classes ? `, ${target.classes.length} classes` : values;
  return `${isTabular(table) ? byType(table) : oneByOne(table)} → ${table.target}${predicted}`;
}

function oneByOne(table: Table): string {
  const inputs = table.inputs.map((name) => {
    const c = column(table, name);
    return c.type === "numeric" ? `${name} [${c.shape.join(", ")}] ${columnType(c)}` : `${name} ${columnKind[c.type]}`;
  });
  return inputs.join(", ");
}

const MOST_NAMES = 20;

/** `3 numbers (age, height, weight), 2 categories (sex 2, country 41)`: how many there are of each, and how many names. */
function byType(table: Table): string {
  const types = new Map<Column["type"], string[]>();
  for (const name of table.inputs) {
    const c = column(table, name);
    const list = types.get(c.type) ?? [];
    list.push(c.type === "category" ? `${name} ${c.categories.length}` : name);
    types.set(c.type, list);
  }
  const parts = [...types].map(([type, names]) => {
    const more = names.length > MOST_NAMES ? ", …" : "";
    return `${names.length} ${columnKind[type]} (${names.slice(0, MOST_NAMES).join(", ")}${more})`;
  });
  return parts.join(", ");
}
