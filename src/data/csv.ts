// Tables as comma-separated values: a file by path or URL, or text at hand; one column is what is to be predicted.
import {
  boolean,
  type Descriptor,
  describe,
  either,
  listOf,
  narrowed,
  number,
  oneOf,
  optional,
  type Rule,
  type Rules,
  record,
  rule,
  string,
  text,
} from "../check.ts";
import { PipelineError, show, unknownName } from "../errors.ts";
import type { CsvType } from "./csv/columnBuilders.ts";
import type { Layout } from "./csv/layout.ts";
import { openLayout, type RowsRead, readColumns, type WantedColumn, wantedColumn } from "./csv/readColumns.ts";
import { encodingRule } from "./decodeText.ts";
import { columnLabels, type Task } from "./labels.ts";
import { inMemory, type ReadableFile } from "./readableFile.ts";
import type { Column, SourceIo, SourceKind, Table } from "./table.ts";

/** Where a file is, and how it is written. */
export interface CsvFile {
  readonly path?: string;
  readonly url?: string;
  readonly sha256?: string;
  readonly text?: string;
  readonly delimiter?: string;
  readonly quote?: string | false;
  readonly comment?: string;
  readonly skip?: number;
  readonly header?: boolean;
  readonly names?: readonly string[];
  readonly encoding?: string;
}

export interface CsvSource extends CsvFile, Descriptor {
  readonly kind: "csv";
  readonly test?: string | CsvFile;
  readonly target?: string;
  readonly inputs?: readonly string[];
  readonly ignore?: readonly string[];
  readonly types?: Readonly<Record<string, CsvType>>;
  readonly missing?: readonly string[];
  readonly decimal?: "." | ",";
  readonly thousands?: "," | "." | " " | "'";
  readonly ragged?: "error" | "drop" | "fill";
  readonly task?: Task;
  readonly classes?: readonly string[];
}

/** What tables of this world write for a missing value. */
export const MISSING = ["", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "<NA>", "#N/A", "?"] as const;

const oneByte: Rule = rule({ type: "string" }, (value, at) => {
  if (typeof value === "string" && value.length === 1 && value.charCodeAt(0) < 128 && !"\r\n".includes(value)) return;
  throw new PipelineError("config", at, `expected one ASCII character, got ${show(value)}`);
});

const types = record(oneOf("numeric", "category", "text"), 'types by column such as { zip: "category" }', 0);

const distinct: Rule = narrowed(listOf(string), (value, at) => {
  const names = value as readonly string[];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined || names.length === 0)
    throw new PipelineError("config", at, `expected names, each once, got ${show(twice ?? value)}`);
});

const fileRules: Rules = {
  path: optional(string),
  url: optional(string),
  sha256: optional(string),
  text: optional(text),
  delimiter: optional(oneByte),
  quote: optional(either(oneByte, oneOf(false))),
  comment: optional(oneByte),
  skip: optional(number({ min: 0, integer: true })),
  header: optional(boolean),
  names: optional(distinct),
  encoding: optional(encodingRule),
};

const rules: Rules = {
  ...fileRules,
  test: optional(
    rule({ type: "either", of: [string.form, { type: "settings", rules: fileRules }] }, (value, at) => {
      if (typeof value === "string") return string(value, at);
      describe("csv", value as Descriptor, fileRules, at);
      requirePlace(value as CsvFile, at);
    }),
  ),
  target: optional(string),
  inputs: optional(distinct),
  ignore: optional(distinct),
  types: optional(types),
  missing: optional(listOf(text)),
  decimal: optional(oneOf(".", ",")),
  thousands: optional(oneOf(",", ".", " ", "'")),
  ragged: optional(oneOf("error", "drop", "fill")),
  task: optional(oneOf("classification", "regression")),
  classes: optional(listOf(string)),
};

function requirePlace({ path, url, text }: CsvFile, at: string): void {
  if ((text === undefined) === (path === undefined && url === undefined))
    throw new PipelineError("config", at, "expected a path or a url (or both), or else text");
}

/**
 * A table of comma-separated values, gzip or not. `path` is a file, `url` an address; with both the file is looked for under `path` in the
 * data folder and the cache before it is downloaded (and is what `sha256` says); `text` is the table itself. A page reads a `File` by the
 * address that `URL.createObjectURL(file)` gives it. A file is read piece by piece: memory holds its columns, never its bytes.
 *
 * The first row names the columns, unless there are `names` or `header` is false (they are called column_1, … then). `delimiter` is found
 * out by itself (`,` `;` `|` or a tab); `quote` is `"`, or false where nothing is quoted; lines that begin with `comment` are none; `skip`
 * leaves out lines at the beginning. `encoding` is what a byte order mark says, or UTF-8. Spaces around cells do not count.
 *
 * A column is numbers (f64) when every cell that is there is one, and categories otherwise; `types` says else, such as `{ zip: "category",
 * notes: "text" }`. `missing` lists what stands for a missing value (default: nothing, NA, N/A, NaN, null, None, ? and the like). `decimal: ","`
 * and `thousands` are for numbers of other countries. A row of another number of cells is an error, or is left out with `ragged: "drop"`; with
 * `"fill"` what is not there is missing.
 *
 * `target` (default: the last column) is what is to be predicted: categories and whole numbers from 0 are classes, called by `classes` in
 * their order (default: sorted), other numbers are values; `task` decides for numbers. All other columns are inputs, or those of `inputs`,
 * without those of `ignore`. `test` is the official test file, by path or with settings of its own; types are inferred from training rows.
 */
export function csv(path: string, settings?: Omit<CsvSource, "kind" | "path">): CsvSource;
export function csv(settings: Omit<CsvSource, "kind">): CsvSource;
export function csv(first: string | Omit<CsvSource, "kind">, more: Omit<CsvSource, "kind" | "path"> = {}): CsvSource {
  const settings = typeof first !== "string" ? first : /^https?:/.test(first) ? { ...more, url: first } : { ...more, path: first };
  const source = describe<CsvSource>("csv", settings, rules);
  requirePlace(source, "csv");
  if (source.decimal !== undefined && source.decimal === source.thousands)
    throw new PipelineError("config", "csv.thousands", `both decimal and thousands are "${source.decimal}"`);
  return source;
}

export const csvKind: SourceKind<CsvSource> = {
  kind: "csv",
  rules,
  async load(source, io) {
    const file = await openFile(source, "csv", io);
    const layout = await openLayout(file, source, io);
    const { names } = layout;
    const target = source.target ?? (names.at(-1) as string);
    const settings = columnSettings(source);
    const wanted = chosen(source, names, target).map((name) => wantedColumn(name, source.types?.[name], settings));
    const train = await readColumns(file, layout, wanted, { ...source, ...settings }, io);
    const test = source.test === undefined ? undefined : await readTest(source, source.test, layout, wanted, io);
    return tableOf(source, target, names, wanted, train, test);
  },
};

export const columnSettings = ({ missing = MISSING, decimal = ".", thousands, ragged = "error" }: CsvSource) => ({
  missing,
  format: { decimal, thousands },
  ragged,
});

async function openFile({ path, url, sha256, text }: CsvFile, kind: string, io: SourceIo): Promise<ReadableFile> {
  if (text !== undefined) return inMemory(new TextEncoder().encode(text), kind);
  if (path === undefined || url === undefined) return io.open((path ?? url) as string);
  return io.open({ name: path, url, ...(sha256 !== undefined && { sha256 }) });
}

/** The target and the inputs, in the order of the file. */
function chosen({ inputs, ignore = [], types = {} }: CsvSource, names: readonly string[], target: string): readonly string[] {
  const known = new Set(names);
  for (const [at, list] of Object.entries({ target: [target], inputs: inputs ?? [], ignore, types: Object.keys(types) })) {
    const missing = list.find((name) => !known.has(name));
    if (missing !== undefined) throw new PipelineError("config", `csv.${at}`, unknownName("column", missing, names));
  }
  if (inputs?.includes(target)) throw new PipelineError("config", "csv.inputs", `"${target}" is what is to be predicted; leave it out`);
  if (ignore.includes(target))
    throw new PipelineError("config", "csv.ignore", `"${target}" is what is to be predicted; name another target`);
  const left = new Set(ignore);
  const wanted = (inputs ?? names).filter((name) => name !== target && !left.has(name));
  if (wanted.length === 0) throw new PipelineError("config", "csv", `no column is left but the target "${target}"`);
  const all = new Set([...wanted, target]);
  return names.filter((name) => all.has(name));
}

/** Columns of a test file with a header are found by their names; others stand in the order of the training file. */
async function readTest(
  source: CsvSource,
  test: string | CsvFile,
  train: Layout,
  wanted: readonly WantedColumn[],
  io: SourceIo,
): Promise<RowsRead> {
  const { path: _, url: __, sha256: ___, text: ____, ...shared } = source;
  const own = { ...shared, ...(typeof test === "string" ? (/^https?:/.test(test) ? { url: test } : { path: test }) : test) };
  const file = await openFile(own, "csv.test", io);
  const found = await openLayout(file, own, io);
  const layout = found.header && own.names === undefined ? found : { ...found, names: train.names };
  const lacking = wanted.find(({ name }) => !layout.names.includes(name));
  if (lacking !== undefined)
    throw new PipelineError("data", file.name, `there is no column "${lacking.name}"; the columns are ${layout.names.join(", ")}`);
  return readColumns(file, layout, wanted, { ...own, ...columnSettings(source) }, io);
}

function tableOf(
  source: CsvSource,
  target: string,
  names: readonly string[],
  wanted: readonly WantedColumn[],
  train: RowsRead,
  test: RowsRead | undefined,
): Table {
  const ids = idsOf(test === undefined ? [train] : [train, test]);
  const columns: Record<string, Column> = {};
  for (const { name, builder } of wanted) columns[name] = builder.column();
  columns[target] = columnLabels(columns[target] as Column, { ...source, where: (row) => `row ${ids[row]}, column "${target}"` });
  return {
    rows: ids.length,
    columns,
    inputs: wanted.flatMap(({ name }) => (name === target ? [] : [name])),
    target,
    ids,
    ignored: names.filter((name) => !Object.hasOwn(columns, name)),
    missing: source.missing ?? MISSING,
    files: (test === undefined ? [train] : [train, test]).map(({ name, lines }) => ({ name, lines })),
    ...(test && { givenTest: new Uint8Array(ids.length).fill(1, train.rows) }),
  };
}

/** Where the rows stood in their files, one behind the other: rows that were left out have numbers too. */
function idsOf(files: readonly RowsRead[]): Uint32Array {
  const ids = new Uint32Array(files.reduce((sum, { rows }) => sum + rows, 0));
  let n = 0;
  let place = 0;
  for (const { rows, dropped } of files) {
    let next = 0;
    for (const end = place + rows + dropped.length, first = place; place < end; place++) {
      if (dropped[next] === place - first) next++;
      else ids[n++] = place;
    }
  }
  return ids;
}
