// A column as texts to look through.
import type { Column, NumericColumn } from "../../data/table.ts";

/** A value, in how many rows it stands, and the first of them. */
export type Cell = readonly [text: string, rows: number, row: number];

/** The values of a column as texts, spaces around them aside, that are not missing; undefined where there is nothing to find. Of categories and labels each distinct name comes once. */
export function cellsOf(c: Column, named: boolean): Iterable<Cell> | undefined {
  if (c.type === "text") return written(c.values);
  if (c.type === "category") return distinct(c.categories, c.codes);
  if (c.type !== "numeric" || c.shape.length > 0) return undefined;
  if (c.classes !== undefined) return distinct(c.classes, c.data);
  return named || isLong(c) ? numbers(c) : undefined;
}

function* written(values: readonly string[]): Generator<Cell> {
  for (const [row, value] of values.entries()) {
    const text = value.trim();
    if (text !== "") yield [text, 1, row];
  }
}

function* distinct(names: readonly string[], codes: NumericColumn["data"]): Generator<Cell> {
  const counts = new Uint32Array(names.length);
  const firsts = new Uint32Array(names.length);
  for (let row = codes.length - 1; row >= 0; row--) {
    const code = codes[row] as number;
    if (code < 0) continue;
    counts[code] = (counts[code] as number) + 1;
    firsts[code] = row;
  }
  for (const [code, name] of names.entries()) {
    const text = name.trim();
    const rows = counts[code] as number;
    if (rows > 0 && text !== "") yield [text, rows, firsts[code] as number];
  }
}

function* numbers({ data }: NumericColumn): Generator<Cell> {
  for (let row = 0; row < data.length; row++) {
    const value = data[row] as number;
    if (!Number.isNaN(value)) yield [Number.isSafeInteger(value) ? String(value) : "", 1, row];
  }
}

/** Whether it holds whole numbers, some of them of nine digits or more: shorter ones are no number of a person. */
function isLong({ data }: NumericColumn): boolean {
  let most = 0;
  for (let row = 0; row < data.length; row++) {
    const value = data[row] as number;
    if (!Number.isInteger(value) && !Number.isNaN(value)) return false;
    if (value > most) most = value;
  }
  return most >= 1e8;
}
