// Every value of a column made into a text; each different value is asked for once.
import { type Column, columnKind, type NumericColumn, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type ChangedColumn, rewrite } from "../clean/changeColumns.ts";
import type { Work } from "../work.ts";
import { masked } from "./masked.ts";

/** Texts stay text; numbers become categories. Missing values stay missing. */
export function* replaceValues(
  c: Column,
  name: string,
  to: (value: string | number) => string | undefined,
  table: Table,
): Work<ChangedColumn> {
  if (c.type !== "text" && c.type !== "category" && (c.type !== "numeric" || c.shape.length > 0)) {
    const holds = c.type === "numeric" ? "several numbers a row" : columnKind[c.type];
    throw new PipelineError("config", `anonymize.${name}`, `the column holds ${holds}; expected one number, category or text in each row`);
  }
  // In parts, since it may take long: a hash, or a search through a long text, of every different value.
  const made = new Map<string | number, string | undefined>();
  const values = c.type === "text" ? c.values : c.type === "category" ? c.categories : (c.classes ?? c.data);
  for (let i = 0; i < values.length; i++) {
    if (i % SOME === 0) yield Math.floor((i / values.length) * table.rows);
    const value = values[i] as string | number;
    if (value !== "" && !Number.isNaN(value) && !made.has(value)) made.set(value, told(to, value, name, c, table));
  }
  const known = (value: string | number): string | undefined => made.get(value);
  return c.type === "numeric" ? categoriesOf(c, known) : rewrite(c, known);
}

const SOME = 256;

function categoriesOf(c: NumericColumn, to: (value: string | number) => string | undefined): ChangedColumn {
  const codes = new Map<string, number>();
  let changed = 0;
  const made = Int32Array.from(c.data, (value) => {
    const known = c.classes === undefined ? (Number.isNaN(value) ? undefined : value) : c.classes[value];
    const text = known === undefined ? undefined : to(known);
    if (text === undefined) return -1;
    changed++;
    const code = codes.get(text) ?? codes.size;
    codes.set(text, code);
    return code;
  });
  return { column: { type: "category", categories: [...codes.keys()], codes: made }, changed };
}

/** An error names the row, and shows no more of its value than the first character. */
function told(
  to: (value: string | number) => string | undefined,
  value: string | number,
  name: string,
  c: Column,
  table: Table,
): string | undefined {
  try {
    return to(value);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const row = Array.from({ length: table.rows }, (_, i) => i).find((i) => valueAt(c, i) === value) ?? 0;
    throw new PipelineError(
      "data",
      `anonymize.${name}`,
      `row ${table.ids[row]} is "${masked(String(value), "name")}"; ${error.message.slice(error.at.length + 2)}`,
    );
  }
}

function valueAt(c: Column, row: number): string | number | undefined {
  if (c.type === "text") return c.values[row];
  if (c.type === "category") return c.categories[c.codes[row] as number];
  return c.type === "numeric" ? (c.classes?.[c.data[row] as number] ?? c.data[row]) : undefined;
}
