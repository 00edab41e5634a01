// Texts to be predicted, from a file: one a line, or JSON.
import { extname } from "node:path";
import { show } from "../../errors.ts";
import { firstLine, usageError } from "./failure.ts";

const WAY = 'expected a .txt file with one text a line, a .jsonl or .json file, or --text "…"';

/** The texts of a file, each with its line (from 1) or place (from 0) for the report. Empty lines of a .txt file are passed over. */
export function textsOf(bytes: Uint8Array, input: string, field: string): { readonly name: string; readonly text: string }[] {
  const content = decoded(bytes, input);
  switch (extname(input).toLowerCase()) {
    case ".json": {
      const value = json(content, input);
      const items = Array.isArray(value) ? value : [value];
      return items.map((item: unknown, i) => ({
        name: items.length === 1 ? input : `${input}[${i}]`,
        text: textOf(item, field, `${input}[${i}]`),
      }));
    }
    case ".jsonl":
      return linesOf(content, input).map(({ name, text }) => ({ name, text: textOf(json(text, name), field, name) }));
    case ".txt":
      return linesOf(content, input);
    default:
      throw usageError(input, `this model reads texts; ${WAY}`);
  }
}

function linesOf(content: string, input: string): { name: string; text: string }[] {
  const lines = content.split(/\r?\n/).map((text, i) => ({ name: `${input}:${i + 1}`, text }));
  const full = lines.filter(({ text }) => text.trim() !== "");
  if (full.length === 0) throw usageError(input, "there is no text in it");
  return full;
}

function decoded(bytes: Uint8Array, input: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw usageError(input, "it is not text in UTF-8");
  }
}

/** A JSON string, or the column's field (or `text`) of an object. */
function textOf(value: unknown, field: string, where: string): string {
  if (typeof value === "string") return value;
  const object = (typeof value === "object" ? value : null) as Record<string, unknown> | null;
  const found = object?.[field] ?? object?.text;
  if (typeof found === "string") return found;
  throw usageError(where, `expected a string or an object with "${field}", got ${show(value)}`);
}

function json(content: string, where: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw usageError(where, `not JSON: ${firstLine(error)}`);
  }
}
