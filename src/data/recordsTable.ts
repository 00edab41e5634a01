// Rows as objects → a table, as csv() makes one of a file.
import type { Descriptor } from "../check.ts";
import { PipelineError } from "../errors.ts";
import type { Records } from "./records.ts";
import type { SourceIo, Table } from "./table.ts";
import { assemble, chosen, requireColumns, type TabularSettings } from "./tabular.ts";
import { valueReader } from "./valueColumn.ts";

/** The rows of one file. */
export interface RecordsOfFile extends Records {
  readonly name: string;
  /** Of files with a row a line. */
  readonly lines?: Uint32Array;
}

/** Types are inferred from the rows of training. Without `textIsNumber` only numbers are numbers. */
export async function recordsTable(
  source: Descriptor & TabularSettings,
  train: RecordsOfFile,
  test: RecordsOfFile | undefined,
  io: Pick<SourceIo, "pause">,
  textIsNumber = true,
): Promise<Table> {
  const names = [...train.columns.keys()];
  if (train.rows === 0) throw new PipelineError("data", train.name, "there are no rows");
  if (names.length === 0) throw new PipelineError("data", train.name, "the rows have no columns");
  const target = source.target ?? (names.at(-1) as string);
  const wanted = chosen(source, names, target);
  if (test !== undefined) requireColumns(wanted, [...test.columns.keys()], test.name);
  const reader = valueReader({ ...source, textIsNumber });
  const columns = [];
  for (const name of wanted) {
    await io.pause();
    const values = train.columns.get(name) ?? [];
    const type = source.types?.[name] ?? reader.typeOf(values);
    const at = (i: number): string => `${placeOf(i, train, test)}, column "${name}"`;
    columns.push([name, reader.column(values.concat(test?.columns.get(name) ?? []), type, at)] as const);
  }
  return assemble(source, target, names, columns, [train, test]);
}

function placeOf(i: number, train: RecordsOfFile, test: RecordsOfFile | undefined): string {
  const [file, row] = i < train.rows ? [train, i] : [test as RecordsOfFile, i - train.rows];
  return file.lines === undefined ? `${file.name} row ${row}` : `${file.name} line ${file.lines[row]}`;
}
