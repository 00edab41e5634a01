// A table of comma-separated values as a profile needs it: read as `csv` reads it, but what stands for a missing value is counted as it is
// written; and how the file is laid out is found out where nobody says it.

import { cellText, missingCells } from "../data/csv/cells.ts";
import { type ColumnBuilder, numberBuilder } from "../data/csv/columnBuilders.ts";
import { numberParser } from "../data/csv/parseNumber.ts";
import { openLayout, readColumns, type WantedColumn } from "../data/csv/readColumns.ts";
import type { ReadingIo } from "../data/csv/utf8Chunks.ts";
import type { CsvSource } from "../data/csv.ts";
import type { ReadableFile } from "../data/readableFile.ts";
import type { Column } from "../data/table.ts";
import { MISSING } from "../data/tabular.ts";
import { PipelineError } from "../errors.ts";
import type { ProfileInput } from "./profile.ts";

export type CsvSettings = Pick<
  CsvSource,
  "delimiter" | "comment" | "skip" | "header" | "names" | "encoding" | "decimal" | "thousands" | "ragged"
>;

export interface CsvRead extends ProfileInput {
  /** What `csv` must be told besides the path: what was given, and what was found out. */
  readonly settings: CsvSettings;
  readonly delimiter: string;
  /** What was found out, for a person. */
  readonly notes: readonly string[];
}

export async function readCsv(file: ReadableFile, given: CsvSettings, io: ReadingIo): Promise<CsvRead> {
  const quiet = { ...io, warn: () => undefined };
  const { settings, notes } = await foundOut(file, given, quiet);
  const layout = await openLayout(file, settings, quiet);
  const columns = layout.names.map((name) => counted(name, settings));
  const reading = {
    ...settings,
    missing: [],
    format: { decimal: settings.decimal ?? ".", thousands: settings.thousands },
    ragged: settings.ragged ?? "error",
  };
  const { rows } = await readColumns(
    file,
    layout,
    columns.map(({ wanted }) => wanted),
    reading,
    io,
  );
  if (rows === 0) throw new PipelineError("data", file.name, "there are no rows");
  const made: Record<string, Column> = {};
  const tokens: Record<string, ReadonlyMap<string, number>> = {};
  for (const { wanted, seen } of columns) {
    made[wanted.name] = wanted.builder.column();
    if (wanted.type === "numeric") tokens[wanted.name] = seen;
  }
  return { rows, columns: made, tokens, settings, notes, delimiter: String.fromCharCode(layout.marks.delimiter) };
}

/** Numbers until a cell is none: the column is read once more as names then, with what stands for a missing value among them. */
function counted(
  name: string,
  { decimal = ".", thousands }: CsvSettings,
): { readonly wanted: WantedColumn; readonly seen: Map<string, number> } {
  const seen = new Map<string, number>();
  const isMissing = missingCells(MISSING);
  const parse = numberParser({ decimal, thousands });
  const numbers = numberBuilder(
    parse,
    (cell) => {
      if (!isMissing(cell)) return false;
      const text = cellText(cell, () => name);
      seen.set(text, (seen.get(text) ?? 0) + 1);
      return true;
    },
    [],
  );
  let begun = false;
  const builder: ColumnBuilder = {
    ...numbers,
    add(cell, where) {
      const added = numbers.add(cell, where);
      begun ||= added;
      return added;
    },
    onlyMissing: () => (begun ? undefined : 0),
  };
  return { wanted: { name, type: undefined, builder, failed: false }, seen };
}

/** Whether the first line is a remark rather than a row, and whether the first row holds names. */
async function foundOut(file: ReadableFile, given: CsvSettings, io: ReadingIo): Promise<{ settings: CsvSettings; notes: string[] }> {
  if (given.header !== undefined || given.names !== undefined || given.skip !== undefined) {
    const known = given.header !== undefined || given.names !== undefined;
    const { first } = await openLayout(file, { ...given, header: false }, io);
    return known ? { settings: given, notes: [] } : withoutNames(given, first, []);
  }
  const cells = (skip: number): Promise<Cells> =>
    openLayout(file, { ...given, skip, header: false }, io).then(
      ({ first }) => first,
      () => [],
    );
  const { first } = await openLayout(file, { ...given, header: false }, io);
  const [second, third] = [await cells(1), await cells(2)];
  const remark = remarkAs(first, second, third, given);
  if (remark === undefined) return withoutNames(given, first, [second, third]);
  const { settings, notes } = withoutNames({ ...given, skip: 1 }, second, [third]);
  return { settings, notes: [`the first line is left out: ${remark}`, ...notes] };
}

type Cells = readonly string[];

/** Why the first line is no row and no names, if it is neither. */
function remarkAs(first: Cells, second: Cells, third: Cells, settings: CsvSettings): string | undefined {
  if (second.length !== third.length || second.length === 0) return undefined;
  if (first.length !== second.length) return `it has ${first.length} ${first.length === 1 ? "cell" : "cells"}, the others ${second.length}`;
  const isNumber = numberTest(settings);
  const odd = first.findIndex((cell, c) => isName(cell) && !isNumber(cell) && [second, third].every((row) => isNumber(row[c] as string)));
  const amounts = first.filter(isNumber).map(Number);
  // Columns may be called 0, 1, 2, … or by years.
  const counted = amounts.every((amount, i) => i === 0 || amount === (amounts[i - 1] as number) + 1);
  if (odd < 0 || amounts.length === 0 || counted) return undefined;
  return `${JSON.stringify(first[odd])} stands there over numbers, and ${JSON.stringify(first.find(isNumber))} is no name`;
}

/** Says that the first row is none of names, where it cannot be. Years may be names, and so may 0, 1, 2, … with others. */
function withoutNames(given: CsvSettings, first: Cells, rows: readonly Cells[]): { settings: CsvSettings; notes: string[] } {
  const isNumber = numberTest(given);
  const twice = new Set(first).size < first.length;
  const named =
    !twice && first.some((cell, c) => isName(cell) && !isNumber(cell) && rows.length > 0 && rows.every((row) => isNumber(row[c] ?? "")));
  const amount = first.find((cell) => isNumber(cell) && !/^(18|19|20)\d\d$|^2100$/.test(cell));
  if (named || amount === undefined) return { settings: given, notes: [] };
  const note = `no row of names: the first holds ${JSON.stringify(amount)}; columns are called column_1, column_2, …`;
  return { settings: { ...given, header: false }, notes: [note] };
}

const markers: ReadonlySet<string> = new Set(MISSING);
const isName = (cell: string): boolean => !markers.has(cell);

function numberTest({ decimal = "." }: CsvSettings): (cell: string) => boolean {
  const parse = numberParser({ decimal });
  const encoder = new TextEncoder();
  return (cell) => {
    const bytes = encoder.encode(cell);
    return bytes.length > 0 && Number.isFinite(parse(bytes, 0, bytes.length));
  };
}
