// What a row is before the stages: what somebody who wants a prediction gives.
import { type Column, column, columnKind, inputName, isTabular, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { columnType, type FeedSpec } from "./feed.ts";

export interface NumericInput {
  readonly name: string;
  readonly type: FeedSpec["type"];
  readonly shape: readonly number[];
  readonly features?: readonly string[];
}

/** A row is one text. */
export interface TextInput {
  readonly name: string;
  readonly type: "text";
}

/** A row has a value for each of many columns. */
export interface TableInput {
  readonly type: "table";
  readonly columns: readonly TableInputColumn[];
  /** Columns that a row may have too, and that the model does not read: the target, which comes first, and what the source leaves out. */
  readonly others: readonly string[];
  /** What stands for a missing value, besides nothing at all. */
  readonly missing: readonly string[];
}

export interface TableInputColumn {
  readonly name: string;
  readonly type: "numeric" | "category" | "text";
}

export type RawInput = NumericInput | TextInput | TableInput;

export function rawInput(table: Table): RawInput {
  if (isTabular(table)) return tableInput(table);
  const name = inputName(table);
  const found = column(table, name);
  if (found.type === "text") return { name, type: "text" };
  if (found.type !== "numeric")
    throw new PipelineError("data", `column "${name}"`, `a source gives numbers, categories or text, got ${columnKind[found.type]}`);
  return { name, shape: found.shape, type: columnType(found), ...(found.features && { features: found.features }) };
}

function tableInput(table: Table): TableInput {
  const columns = table.inputs.map((name): TableInputColumn => {
    const found: Column = column(table, name);
    if (found.type === "category" || found.type === "text") return { name, type: found.type };
    if (found.type === "numeric" && found.shape.length === 0) return { name, type: "numeric" };
    const holds = found.type === "numeric" ? "several numbers a row" : columnKind[found.type];
    throw new PipelineError(
      "data",
      `column "${name}"`,
      `beside other columns a source gives single numbers, categories or text, got ${holds}`,
    );
  });
  const besides = Object.keys(table.columns).filter((name) => name !== table.target && !table.inputs.includes(name));
  return { type: "table", columns, others: [table.target, ...besides, ...(table.ignored ?? [])], missing: table.missing ?? [] };
}

/** What the rows are, in the words of an error: `of text`, `[28,28] of u8`, or `of 2 columns (age: numbers, sex: categories)`. */
export function inputText(input: RawInput): string {
  if (input.type === "text") return "of text";
  if (input.type !== "table") return `[${input.shape}] of ${input.type}`;
  const columns = input.columns.map(({ name, type }) => `${name}: ${columnKind[type]}`);
  return `of ${columns.length} columns (${columns.join(", ")})`;
}
