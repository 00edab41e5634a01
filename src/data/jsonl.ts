// JSON lines: one object a line. All of its fields are columns; or one is a text, and another its label.
import { type Descriptor, describe, optional, type Rules, string } from "../check.ts";
import { PipelineError } from "../errors.ts";
import { encodingRule } from "./decodeText.ts";
import { eachLine } from "./eachLine.ts";
import { addressRules, type FileAddress, openFile, placed, requireAddress, testFile, testRule } from "./filePlace.ts";
import { type EncodedFile, jsonlTexts } from "./jsonlTexts.ts";
import { parseJson } from "./parseJson.ts";
import { recordCollector } from "./records.ts";
import { type RecordsOfFile, recordsTable } from "./recordsTable.ts";
import type { SourceIo, SourceKind } from "./table.ts";
import { requireMarks, type TabularSettings, tabularRules } from "./tabular.ts";

export interface JsonlFile extends FileAddress {
  readonly encoding?: string;
}

export interface JsonlSource extends JsonlFile, TabularSettings, Descriptor {
  readonly kind: "jsonl";
  readonly test?: string | JsonlFile;
  readonly text?: string;
}

const fileRules: Rules = { ...addressRules, encoding: optional(encodingRule) };
const rules: Rules = {
  ...fileRules,
  ...tabularRules,
  test: optional(testRule("jsonl", fileRules, requireAddress)),
  text: optional(string),
};

/**
 * A file of JSON objects, one a line, gzip or not: a table as json() makes it, of all their fields, with the settings of csv(). Empty lines
 * are skipped; a line that is not JSON is an error that names it.
 *
 * With `text` a row is one text, the field of that name, and its label, `target` (default "label"), where text, true and false are classes,
 * whole numbers from 0 are classes called by `classes` or by themselves, and other numbers or lists of them are values to be predicted
 * (`task` decides for numbers). `null` is missing; a line that lacks a field is an error.
 */
export function jsonl(path: string, settings?: Omit<JsonlSource, "kind" | "path">): JsonlSource;
export function jsonl(settings: Omit<JsonlSource, "kind">): JsonlSource;
export function jsonl(first: string | Omit<JsonlSource, "kind">, more: Omit<JsonlSource, "kind" | "path"> = {}): JsonlSource {
  const source = describe<JsonlSource>("jsonl", placed(first, more), rules);
  requireAddress(source, "jsonl");
  requireMarks(source);
  const odd = (["inputs", "ignore", "types", "missing", "decimal", "thousands"] as const).find((key) => source[key] !== undefined);
  if (source.text !== undefined && odd !== undefined)
    throw new PipelineError(
      "config",
      `jsonl.${odd}`,
      `with text, a row is one text and its label; leave out ${odd}, or text to have all fields`,
    );
  return source;
}

export const jsonlKind: SourceKind<JsonlSource> = {
  kind: "jsonl",
  rules,
  async load(source, io) {
    const train = await opened(source, "jsonl", io);
    const test = source.test === undefined ? undefined : await opened(testFile<JsonlFile>(source, source.test), "jsonl.test", io);
    if (source.text !== undefined) return jsonlTexts(train, test, source, io);
    return recordsTable(source, await recordsOf(train, io), test && (await recordsOf(test, io)), io);
  },
};

async function opened(
  { path, url, sha256, encoding }: Partial<Record<keyof JsonlFile, string>>,
  kind: string,
  io: SourceIo,
): Promise<EncodedFile> {
  const address = { ...(path !== undefined && { path }), ...(url !== undefined && { url }), ...(sha256 !== undefined && { sha256 }) };
  return { ...(await openFile(address, kind, io)), encoding };
}

async function recordsOf(file: EncodedFile, io: SourceIo): Promise<RecordsOfFile> {
  const collector = recordCollector();
  const lines: number[] = [];
  await eachLine(file, file.encoding, io, (line, number) => {
    if (line.trim() === "") return;
    const at = `${file.name} line ${number}`;
    collector.add(parseJson(line, at), at);
    lines.push(number);
  });
  return { name: file.name, ...collector.end(), lines: Uint32Array.from(lines) };
}
