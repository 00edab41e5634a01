// What the sources of tables share: which columns are wanted, and how these become a table.
import { type Descriptor, listOf, narrowed, oneOf, optional, type Rule, type Rules, record, string, text } from "../check.ts";
import { PipelineError, show, unknownName } from "../errors.ts";
import type { CsvType } from "./csv/columnBuilders.ts";
import { columnLabels, type Task } from "./labels.ts";
import type { LinedFile } from "./linedFile.ts";
import type { Column, Table } from "./table.ts";

/** What is to be made of the columns of a file. */
export interface TabularSettings {
  readonly target?: string;
  readonly inputs?: readonly string[];
  readonly ignore?: readonly string[];
  readonly types?: Readonly<Record<string, CsvType>>;
  readonly missing?: readonly string[];
  readonly decimal?: "." | ",";
  readonly thousands?: "," | "." | " " | "'";
  readonly task?: Task;
  readonly classes?: readonly string[];
}

/** What tables of this world write for a missing value. */
export const MISSING = ["", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "<NA>", "#N/A", "?"] as const;

/** Names, each once. */
export const distinct: Rule = narrowed(listOf(string), (value, at) => {
  const names = value as readonly string[];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined || names.length === 0)
    throw new PipelineError("config", at, `expected names, each once, got ${show(twice ?? value)}`);
});

export const tabularRules: Rules = {
  target: optional(string),
  inputs: optional(distinct),
  ignore: optional(distinct),
  types: optional(record(oneOf("numeric", "category", "text"), 'types by column such as { zip: "category" }', 0)),
  missing: optional(listOf(text)),
  decimal: optional(oneOf(".", ",")),
  thousands: optional(oneOf(",", ".", " ", "'")),
  task: optional(oneOf("classification", "regression")),
  classes: optional(listOf(string)),
};

/** Throws where a number could not be read. */
export function requireMarks({ kind, decimal, thousands }: Descriptor & TabularSettings): void {
  if (decimal !== undefined && decimal === thousands)
    throw new PipelineError("config", `${kind}.thousands`, `both decimal and thousands are "${decimal}"`);
}

/** The target and the inputs, in the order of the file. */
export function chosen(
  { kind, inputs, ignore = [], types = {} }: Descriptor & TabularSettings,
  names: readonly string[],
  target: string,
): readonly string[] {
  const known = new Set(names);
  for (const [at, list] of Object.entries({ target: [target], inputs: inputs ?? [], ignore, types: Object.keys(types) })) {
    const missing = list.find((name) => !known.has(name));
    if (missing !== undefined) throw new PipelineError("config", `${kind}.${at}`, unknownName("column", missing, names));
  }
  if (inputs?.includes(target)) throw new PipelineError("config", `${kind}.inputs`, `"${target}" is what is to be predicted; leave it out`);
  if (ignore.includes(target))
    throw new PipelineError("config", `${kind}.ignore`, `"${target}" is what is to be predicted; name another target`);
  const left = new Set(ignore);
  const wanted = (inputs ?? names).filter((name) => name !== target && !left.has(name));
  if (wanted.length === 0) throw new PipelineError("config", kind, `no column is left but the target "${target}"`);
  const all = new Set([...wanted, target]);
  return names.filter((name) => all.has(name));
}

export function requireColumns(wanted: readonly string[], names: readonly string[], file: string): void {
  const lacking = wanted.find((name) => !names.includes(name));
  if (lacking !== undefined) throw new PipelineError("data", file, `there is no column "${lacking}"; the columns are ${names.join(", ")}`);
}

/** The rows of one file, and which of its records were left out. */
export interface RowsOfFile {
  readonly name: string;
  readonly rows: number;
  readonly dropped?: readonly number[];
  /** Of files whose rows begin lines. */
  readonly lines?: Uint32Array;
}

/** `wanted` are the inputs and the target, in the order of the file, of the rows of training and then of those of the test file. */
export function assemble(
  source: TabularSettings,
  target: string,
  names: readonly string[],
  wanted: readonly (readonly [name: string, column: Column])[],
  files: readonly [train: RowsOfFile, test: RowsOfFile | undefined],
): Table {
  const read = files.filter((file) => file !== undefined);
  const ids = idsOf(read);
  const columns: Record<string, Column> = Object.fromEntries(wanted);
  columns[target] = columnLabels(columns[target] as Column, { ...source, where: (row) => `row ${ids[row]}, column "${target}"` });
  const lined = read.filter((file): file is RowsOfFile & LinedFile => file.lines !== undefined);
  return {
    rows: ids.length,
    columns,
    inputs: wanted.flatMap(([name]) => (name === target ? [] : [name])),
    target,
    ids,
    ignored: names.filter((name) => !Object.hasOwn(columns, name)),
    missing: source.missing ?? MISSING,
    ...(lined.length > 0 && { files: lined.map(({ name, lines }) => ({ name, lines })) }),
    ...(files[1] && { givenTest: new Uint8Array(ids.length).fill(1, files[0].rows) }),
  };
}

/** Where the rows stood in their files, one behind the other: rows that were left out have numbers too. */
function idsOf(files: readonly RowsOfFile[]): Uint32Array {
  const ids = new Uint32Array(files.reduce((sum, { rows }) => sum + rows, 0));
  let n = 0;
  let place = 0;
  for (const { rows, dropped = [] } of files) {
    let next = 0;
    for (const end = place + rows + dropped.length, first = place; place < end; place++) {
      if (dropped[next] === place - first) next++;
      else ids[n++] = place;
    }
  }
  return ids;
}
