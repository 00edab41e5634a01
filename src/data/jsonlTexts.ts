// JSON lines of which one field is a text, and another its label.
import { PipelineError, show } from "../errors.ts";
import { eachLine } from "./eachLine.ts";
import type { Label, Task } from "./labels.ts";
import { parseJson } from "./parseJson.ts";
import type { ReadableFile } from "./readableFile.ts";
import { isRecord } from "./records.ts";
import type { SourceIo, Table } from "./table.ts";
import { type TextRows, textRows, textTable } from "./textTable.ts";

/** Where the text and the label of an object are: "text" and "label", if it is not said. */
export interface JsonlFields {
  readonly text?: string | undefined;
  readonly target?: string | undefined;
  readonly task?: Task | undefined;
  readonly classes?: readonly string[] | undefined;
}

export interface EncodedFile extends ReadableFile {
  readonly encoding?: string | undefined;
}

export async function jsonlTexts(train: EncodedFile, test: EncodedFile | undefined, fields: JsonlFields, io: SourceIo): Promise<Table> {
  const { text = "text", target = "label", task, classes } = fields;
  const rows = textRows();
  for (const file of test === undefined ? [train] : [train, test]) {
    await eachLine(file, file.encoding, io, (line, number) => {
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
  const row = parseJson(json, at);
  if (!isRecord(row)) throw new PipelineError("data", at, `expected an object such as {"text": "…", "label": "…"}, got ${show(row)}`);
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

function field(row: object, name: string, at: string): unknown {
  if (Object.hasOwn(row, name)) return (row as Record<string, unknown>)[name];
  const keys = Object.keys(row);
  const have = keys.length === 0 ? "it has none" : `it has ${keys.slice(0, 10).join(", ")}${keys.length > 10 ? ", …" : ""}`;
  throw new PipelineError("data", at, `there is no field "${name}"; ${have}`);
}
