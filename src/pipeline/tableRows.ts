// Rows of many columns that somebody wants predictions for: objects by name (`{ a: { b: 1 } }` is the column a.b), or lists in the columns' order.
import { eachField } from "../data/records.ts";
import type { Column } from "../data/table.ts";
import { PipelineError, show, unknownName } from "../errors.ts";
import type { TableInput, TableInputColumn } from "./rawInput.ts";

/** One column for each of the input's. Throws for a name that no column has, and for a value that does not fit its column. */
export function tableColumns(rows: readonly unknown[], input: TableInput): Record<string, Column> {
  const { columns } = input;
  const known = new Set([...columns.map(({ name }) => name), ...input.others]);
  const cells = rows.map((row, i) => cellsOf(row, i, input, known));
  return Object.fromEntries(
    columns.map((column, c) => {
      const values = cells.map((row) => row[c]);
      return [column.name, made(column, values, input)];
    }),
  );
}

function cellsOf(row: unknown, i: number, { columns }: TableInput, known: ReadonlySet<string>): readonly unknown[] {
  if (Array.isArray(row)) {
    if (row.length === columns.length) return row;
    const names = columns.map(({ name }) => name).join(", ");
    throw new PipelineError("data", `predict row ${i}`, `expected ${columns.length} values (${names}), got ${row.length}`);
  }
  if (typeof row !== "object" || row === null) {
    const example = columns.slice(0, 2).map(({ name }) => `${JSON.stringify(name)}: …`);
    throw new PipelineError("data", `predict row ${i}`, `expected an object such as { ${example.join(", ")} }, got ${show(row)}`);
  }
  const fields = new Map<string, unknown>();
  eachField(row, (name, value) => {
    // In place of an object with several columns, null is missing in all of them.
    if (value !== null || known.has(name) || ![...known].some((other) => other.startsWith(`${name}.`))) fields.set(name, value);
  });
  const stray = [...fields.keys()].find((name) => !known.has(name));
  if (stray !== undefined) throw new PipelineError("data", `predict row ${i}`, unknownName("column", stray, [...known]));
  return columns.map(({ name }) => fields.get(name));
}

function made({ name, type }: TableInputColumn, values: readonly unknown[], { missing }: TableInput): Column {
  const at = (row: number): string => `predict row ${row}`;
  const isMissing = (value: unknown): boolean =>
    value === undefined || value === null || value === "" || Number.isNaN(value) || (typeof value === "string" && missing.includes(value));
  if (type === "numeric") {
    const data = Float64Array.from(values, (value, row) => {
      if (isMissing(value)) return Number.NaN;
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      if (typeof number === "number" && Number.isFinite(number)) return number;
      throw new PipelineError("data", at(row), `column "${name}": expected a number, got ${show(value)}`);
    });
    return { type, shape: [], data };
  }
  const texts = values.map((value, row) => {
    if (isMissing(value)) return "";
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
    throw new PipelineError("data", at(row), `column "${name}": expected text, got ${show(value)}`);
  });
  if (type === "text") return { type, values: texts };
  const categories = [...new Set(texts.filter((text) => text !== ""))];
  const places = new Map(categories.map((category, i) => [category, i]));
  return { type, categories, codes: Int32Array.from(texts, (text) => places.get(text) ?? -1) };
}
