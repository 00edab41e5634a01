// JSON lines: one object a line, of which one field is the text and another the label.
import { type Descriptor, describe, listOf, oneOf, optional, type Rules, string } from "../check.ts";
import { PipelineError, show } from "../errors.ts";
import { encodingRule } from "./decodeText.ts";
import { eachLine, type NamedBytes } from "./eachLine.ts";
import type { Label, Task } from "./labels.ts";
import type { SourceIo, SourceKind, Table } from "./table.ts";
import { type TextRows, textRows, textTable } from "./textTable.ts";

export interface JsonlSource extends Descriptor {
  readonly kind: "jsonl";
  readonly path: string;
  readonly testPath?: string;
  readonly text?: string;
  readonly target?: string;
  readonly task?: Task;
  readonly classes?: readonly string[];
  readonly encoding?: string;
}

const rules: Rules = {
  path: string,
  testPath: optional(string),
  text: optional(string),
  target: optional(string),
  task: optional(oneOf("classification", "regression")),
  classes: optional(listOf(string)),
  encoding: optional(encodingRule),
};

/**
 * A file of JSON objects, one a line, gzip or not, by path or URL. Gives two columns called after their fields: `text` (default
 * "text"), and `target` (default "label"), where text, true and false are classes, whole numbers from 0 are classes called by `classes`
 * or by themselves, and other numbers are values to be predicted (`task` decides for numbers). `null` is missing. `testPath` is the given
 * test set. `encoding` defaults to "utf-8". Empty lines are skipped; a line that is not JSON or lacks a field is an error that names it.
 */
export function jsonl(settings: Omit<JsonlSource, "kind">): JsonlSource {
  return describe<JsonlSource>("jsonl", settings, rules);
}

export const jsonlKind: SourceKind<JsonlSource> = {
  kind: "jsonl",
  rules,
  async load(source, io) {
    const named = async (path: string): Promise<NamedBytes> => ({ name: path, bytes: await io.read(path) });
    const train = await named(source.path);
    return jsonlTable(train, source.testPath === undefined ? undefined : await named(source.testPath), source, io);
  },
};

/** Where the text and the label of an object are. */
export type JsonlFields = Pick<JsonlSource, "text" | "target" | "task" | "classes" | "encoding">;

export async function jsonlTable(train: NamedBytes, test: NamedBytes | undefined, fields: JsonlFields, io: SourceIo): Promise<Table> {
  const { text = "text", target = "label", task, classes } = fields;
  const rows = textRows();
  for (const file of test === undefined ? [train] : [train, test]) {
    await eachLine(file, fields.encoding, io, (line, number) => {
      if (line.trim() !== "") addRow(rows, line, { text, target, test: file === test, line: number, name: file.name });
    });
  }
  const where = (i: number): string => `${(rows.test[i] === 1 && test ? test : train).name} line ${rows.lines[i]}`;
  const lines = (part: 0 | 1): Uint32Array => Uint32Array.from(rows.lines.filter((_, i) => rows.test[i] === part));
  const files = [{ name: train.name, lines: lines(0) }, ...(test ? [{ name: test.name, lines: lines(1) }] : [])];
  return { ...textTable(rows, { text, target, task, classes, where }), files };
}

interface Place {
  readonly text: string;
  readonly target: string;
  readonly test: boolean;
  readonly name: string;
  readonly line: number;
}

function addRow(rows: TextRows, json: string, place: Place): void {
  const at = `${place.name} line ${place.line}`;
  const row = parse(json, at);
  const text = field(row, place.text, at) ?? "";
  if (typeof text !== "string") throw new PipelineError("data", at, `expected text in "${place.text}", got ${show(text)}`);
  const label = field(row, place.target, at);
  if (typeof label === "object" && label !== null && !Array.isArray(label))
    throw new PipelineError("data", at, `expected text, a number or a list of numbers in "${place.target}", got ${show(label)}`);
  rows.texts.push(text);
  rows.labels.push(typeof label === "boolean" ? String(label) : (label as Label));
  rows.test.push(place.test ? 1 : 0);
  rows.lines.push(place.line);
}

function parse(json: string, at: string): object {
  let row: unknown;
  try {
    row = JSON.parse(json);
  } catch (error) {
    throw new PipelineError("data", at, `not JSON: ${(error as Error).message}`, error);
  }
  if (typeof row !== "object" || row === null || Array.isArray(row))
    throw new PipelineError("data", at, `expected an object such as {"text": "…", "label": "…"}, got ${show(row)}`);
  return row;
}

function field(row: object, name: string, at: string): unknown {
  if (Object.hasOwn(row, name)) return (row as Record<string, unknown>)[name];
  const keys = Object.keys(row);
  const have = keys.length === 0 ? "it has none" : `it has ${keys.slice(0, 10).join(", ")}${keys.length > 10 ? ", …" : ""}`;
  throw new PipelineError("data", at, `there is no field "${name}"; ${have}`);
}
