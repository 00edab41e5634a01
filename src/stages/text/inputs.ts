// The input columns that a text stage works on, and what is said where they hold something else.
import { column, columnKind, type Table, type TextColumn, type TokensColumn } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { chosenColumns } from "../columns.ts";

/** The inputs that hold text, or the columns named. */
export function textColumns(table: Table, names: readonly string[] | undefined, kind: string): (readonly [string, TextColumn])[] {
  return columnsOf(table, names, kind, "text");
}

/** The inputs that are divided into words, or the columns named. */
export function tokensColumns(table: Table, names: readonly string[] | undefined, kind: string): (readonly [string, TokensColumn])[] {
  return columnsOf(table, names, kind, "tokens");
}

type Typed = { readonly text: TextColumn; readonly tokens: TokensColumn };

function columnsOf<T extends keyof Typed>(
  table: Table,
  names: readonly string[] | undefined,
  kind: string,
  type: T,
): (readonly [string, Typed[T]])[] {
  const all = chosenColumns(table, names, table.inputs, `${kind}.columns`).map((name) => [name, column(table, name)] as const);
  const fit = all.filter((entry): entry is readonly [string, Typed[T]] => entry[1].type === type);
  const other = names === undefined && fit.length > 0 ? undefined : all.find(([, c]) => c.type !== type);
  if (other === undefined) return fit;
  const [name, { type: held }] = other;
  const way = held === "tokens" ? "; put it before tokenize()" : type === "tokens" && held === "text" ? "; put tokenize() before it" : "";
  throw new PipelineError("config", kind, `expected ${columnKind[type]}, but "${name}" holds ${columnKind[held]}${way}`);
}
