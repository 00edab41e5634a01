// Tables as JSON: a list of objects, or an object of lists.
import { type Descriptor, describe, optional, type Rules, string } from "../check.ts";
import { PipelineError, show } from "../errors.ts";
import { utf8Chunks } from "./csv/utf8Chunks.ts";
import { decodeText, encodingRule, strictDecoder } from "./decodeText.ts";
import { type FilePlace, openFile, placed, placeRules, requirePlace, testFile, testRule } from "./filePlace.ts";
import { type Bytes, joined } from "./openBytes.ts";
import { parseJson } from "./parseJson.ts";
import type { ReadableFile } from "./readableFile.ts";
import { isRecord, type Records, recordCollector } from "./records.ts";
import { type RecordsOfFile, recordsTable } from "./recordsTable.ts";
import type { SourceIo, SourceKind } from "./table.ts";
import { requireMarks, type TabularSettings, tabularRules } from "./tabular.ts";

/** Where a file is, and where its rows are. */
export interface JsonFile extends FilePlace {
  readonly rows?: string;
  readonly encoding?: string;
}

export interface JsonSource extends JsonFile, TabularSettings, Descriptor {
  readonly kind: "json";
  readonly test?: string | JsonFile;
}

const fileRules: Rules = { ...placeRules, rows: optional(string), encoding: optional(encodingRule) };
const rules: Rules = { ...fileRules, ...tabularRules, test: optional(testRule("json", fileRules)) };

/**
 * A table as JSON, gzip or not: a list of objects, one a row, or an object of lists, one a column. `rows` says where it is, if not at the top:
 * `"data.items"`. `path`, `url`, `sha256`, `text`, `encoding` and `test` are those of csv().
 *
 * Columns stand in the order in which their names first come; what a row lacks, or is null, is missing. `{ "a": { "b": 1 } }` is the column
 * `a.b`; lists within rows are refused, unless `ignore` names their column. `target`, `inputs`, `ignore`, `types`, `missing`, `decimal`,
 * `thousands`, `task` and `classes` are those of csv(), and so are the types: numbers where all values are some, or texts that spell one,
 * categories otherwise; true and false are two of these. The file is read whole: for very large ones take jsonl().
 */
export function json(path: string, settings?: Omit<JsonSource, "kind" | "path">): JsonSource;
export function json(settings: Omit<JsonSource, "kind">): JsonSource;
export function json(first: string | Omit<JsonSource, "kind">, more: Omit<JsonSource, "kind" | "path"> = {}): JsonSource {
  const source = describe<JsonSource>("json", placed(first, more), rules);
  requirePlace(source, "json");
  requireMarks(source);
  return source;
}

export const jsonKind: SourceKind<JsonSource> = {
  kind: "json",
  rules,
  async load(source, io) {
    const train = await readJson(source, "json", io);
    const { text: _, ...shared } = source;
    const test = source.test === undefined ? undefined : await readJson(testFile<JsonFile>(shared, source.test), "json.test", io);
    return recordsTable(source, train, test, io);
  },
};

async function readJson(place: JsonFile, kind: string, io: SourceIo): Promise<RecordsOfFile> {
  const file = await openFile(place, kind, io);
  const value = parseJson(await wholeText(file, place.encoding, io), file.name);
  return { name: file.name, ...(await recordsOf(value, place.rows, file.name, io)) };
}

/** V8 has no longer strings. */
const LONGEST = 2 ** 29 - 24;

async function wholeText(file: ReadableFile, encoding: string | undefined, io: SourceIo): Promise<string> {
  const parts: Bytes[] = [];
  // A chunk is written over by the next one.
  for await (const chunk of utf8Chunks(file, encoding, io)) parts.push(chunk.slice());
  const bytes = joined(parts);
  if (bytes.length > LONGEST)
    throw new PipelineError("data", file.name, `${bytes.length} bytes are too many for one text; write a row a line, and take jsonl()`);
  return decodeText(strictDecoder(), bytes, file.name);
}

/** The rows in a parsed file. */
export async function recordsOf(value: unknown, path: string | undefined, name: string, io: Pick<SourceIo, "pause">): Promise<Records> {
  const found = path === undefined ? value : path.split(".").reduce((at, key) => inside(at, key, path, name), value);
  const where = path === undefined ? name : `${name} ${path}`;
  const collector = recordCollector();
  if (Array.isArray(found)) {
    for (const [i, row] of found.entries()) {
      if (i % 1024 === 0) await io.pause();
      collector.add(row, `${where} row ${i}`);
    }
  } else await addColumns(collector, found, where, path, io);
  return collector.end();
}

function inside(at: unknown, key: string, path: string, name: string): unknown {
  if (isRecord(at) && Object.hasOwn(at, key)) return at[key];
  const has = isRecord(at) ? `there are ${Object.keys(at).join(", ")}` : `there is ${show(at)}`;
  throw new PipelineError("data", name, `there is no "${key}" on the way to rows, "${path}"; ${has}`);
}

async function addColumns(
  collector: ReturnType<typeof recordCollector>,
  found: unknown,
  where: string,
  path: string | undefined,
  io: Pick<SourceIo, "pause">,
): Promise<void> {
  if (!isRecord(found))
    throw new PipelineError(
      "data",
      where,
      `expected a list of objects, one a row, or an object of lists, one a column, got ${show(found)}`,
    );
  let [first, length] = ["", -1];
  for (const [name, values] of Object.entries(found)) {
    await io.pause();
    if (!Array.isArray(values)) throw new PipelineError("data", where, notRows(found, name, path));
    if (length >= 0 && values.length !== length)
      throw new PipelineError(
        "data",
        where,
        `the lists are of different length: "${first}" has ${length} values, "${name}" ${values.length}`,
      );
    if (length < 0) [first, length] = [name, values.length];
    collector.addColumn(name, values, where);
  }
}

/** Tells where the rows may be instead. */
function notRows(found: Readonly<Record<string, unknown>>, odd: string, path: string | undefined): string {
  const list = Object.keys(found).find((key) => Array.isArray(found[key]));
  const way =
    list === undefined ? `name the list of rows, as in rows: "data"` : `is it rows: "${path === undefined ? "" : `${path}.`}${list}"?`;
  return `expected a list of objects, or an object of lists, but "${odd}" is ${show(found[odd])}; ${way}`;
}
