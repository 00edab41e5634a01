// A few of the values that a stage has changed: what they were and what they are, for somebody to see whether that was meant.
import { rowText } from "../data/rowText.ts";
import { type Column, size, type Table } from "../data/table.ts";
import { missingPlace } from "../stages/clean/missing.ts";
import type { CellExample } from "./events.ts";

const MOST = 3;
/** Of so many rows the values are written as text, which takes long. */
const COMPARED = 1000;
const WIDTH = 40;

/** The first changed value of each of the first few columns; none where rows were removed, too. */
export function cellExamples(before: Table, after: Table): readonly CellExample[] {
  const examples: CellExample[] = [];
  if (before.rows !== after.rows) return examples;
  for (const [column, to] of Object.entries(after.columns)) {
    const from = before.columns[column];
    if (examples.length === MOST) break;
    if (from === undefined || from === to) continue;
    const found = firstChange(from, to, after.rows);
    if (found !== undefined) examples.push({ id: after.ids[found.row] as number, column, before: found.before, after: found.after });
  }
  return examples;
}

function firstChange(from: Column, to: Column, rows: number): { row: number; before: string; after: string } | undefined {
  const differs = comparison(from, to);
  for (let row = 0, compared = 0; row < rows && compared < COMPARED; row++) {
    if (differs?.(row) === false) continue;
    const [before, after] = texts(from, to, row);
    if (before !== after) return { row, before, after };
    compared++;
  }
  return undefined;
}

/** Whether a row differs; undefined where only texts can be compared. */
function comparison(a: Column, b: Column): ((row: number) => boolean) | undefined {
  if (a.type === "text" && b.type === "text") return (row) => a.values[row] !== b.values[row];
  if (a.type === "category" && b.type === "category")
    return (row) => a.categories[a.codes[row] as number] !== b.categories[b.codes[row] as number];
  if (a.type !== "numeric" || b.type !== "numeric") return undefined;
  const width = size(a.shape);
  if (width !== size(b.shape)) return undefined;
  const isOther = (i: number): boolean =>
    a.classes === b.classes ? !Object.is(a.data[i], b.data[i]) : a.classes?.[a.data[i] as number] !== b.classes?.[b.data[i] as number];
  return (row) => {
    for (let i = row * width; i < (row + 1) * width; i++) if (isOther(i)) return true;
    return false;
  };
}

function texts(from: Column, to: Column, row: number): [before: string, after: string] {
  if (from.type === "text" && to.type === "text") return aroundChange(from.values[row] as string, to.values[row] as string);
  return [cellText(from, row), cellText(to, row)];
}

function cellText(c: Column, row: number): string {
  const one = c.type !== "numeric" || c.shape.length === 0;
  if (one && missingPlace(c, row) >= 0) return "missing";
  if (c.type === "numeric" && c.classes !== undefined && one) return JSON.stringify(c.classes[c.data[row] as number] ?? "");
  if (c.type === "category") return JSON.stringify(c.categories[c.codes[row] as number]);
  // Whether 1234.5 was meant cannot be seen from 1235.
  if (c.type === "numeric" && one) return String(Number((c.data[row] as number).toPrecision(9)));
  return rowText(c, row, WIDTH);
}

/** Of long texts the part where they begin to differ. */
function aroundChange(a: string, b: string): [string, string] {
  let first = 0;
  while (first < a.length && a[first] === b[first]) first++;
  const start = a.length <= WIDTH && b.length <= WIDTH ? 0 : Math.max(0, first - WIDTH / 4);
  const part = (text: string): string =>
    text === ""
      ? "missing"
      : JSON.stringify(`${start > 0 ? "…" : ""}${text.slice(start, start + WIDTH)}${text.length > start + WIDTH ? "…" : ""}`);
  return [part(a), part(b)];
}
