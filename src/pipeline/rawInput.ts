// What a row is before the stages: what somebody who wants a prediction gives.
import { type Column, columnKind } from "../data/table.ts";
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

export type RawInput = NumericInput | TextInput;

export function rawInput(name: string, column: Column): RawInput {
  if (column.type === "text") return { name, type: "text" };
  if (column.type !== "numeric")
    throw new PipelineError("data", `column "${name}"`, `a source gives numbers or text, got ${columnKind[column.type]}`);
  return { name, shape: column.shape, type: columnType(column), ...(column.features && { features: column.features }) };
}

/** `text`, or such as `[28,28] of u8`. */
export const inputText = (input: RawInput): string => (input.type === "text" ? "of text" : `[${input.shape}] of ${input.type}`);
