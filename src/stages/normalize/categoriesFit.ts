// What encoders learn: for each column the names that its training rows have, in order.
import { heldCategories } from "../../data/categories.ts";
import { type CategoryColumn, column, columnKind, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import type { Work } from "../work.ts";

export type CategoriesFit = Readonly<Record<string, readonly string[]>>;

/** The names that each of these columns has, sorted. */
export function* heldByColumn(columns: readonly (readonly [name: string, column: CategoryColumn])[], { rows }: Table): Work<CategoriesFit> {
  const held: Record<string, readonly string[]> = {};
  for (const [i, [name, column]] of columns.entries()) {
    yield Math.floor((i * rows) / columns.length);
    held[name] = heldCategories(column);
  }
  return held;
}

export function checkCategories(fitted: unknown, at: string): void {
  const lists = typeof fitted === "object" && fitted !== null && !Array.isArray(fitted) ? Object.values(fitted) : [null];
  if (lists.every((list) => Array.isArray(list) && list.every((name) => typeof name === "string"))) return;
  throw new PipelineError("data", at, "expected the categories of each column as lists of text; the file was changed");
}

export function learnedNote(fitted: CategoriesFit): string {
  const parts = Object.entries(fitted).map(([name, categories]) => `${name} ${categories.length}`);
  const shown = parts.slice(0, 8).join(", ");
  return parts.length === 0
    ? "there is no column of categories"
    : `categories: ${shown}${parts.length > 8 ? `, … (${parts.length} columns)` : ""}`;
}

/** The column that was fitted, which must hold categories still. */
export function fittedColumn(table: Table, name: string, at: string): CategoryColumn {
  const found = column(table, name);
  if (found.type === "category") return found;
  throw new PipelineError("data", at, `column "${name}" held categories in training rows, now it holds ${columnKind[found.type]}`);
}

/** Throws for the first row with a name that is not in `categories`. */
export function refuseUnknown(
  table: Table,
  name: string,
  { categories: names, codes }: CategoryColumn,
  categories: readonly string[],
  way: string,
): void {
  const known = new Set(categories);
  const isUnknown = names.map((category) => !known.has(category));
  const row = codes.findIndex((code) => isUnknown[code] === true);
  if (row < 0) return;
  const problem = `column "${name}" holds ${JSON.stringify(names[codes[row] as number])}, which no training row has; ${way}`;
  throw new PipelineError("data", `row ${table.ids[row]}`, problem);
}
