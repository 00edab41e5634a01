// A table of comma-separated values as a profile needs it: read as `csv` reads it, but what stands for a missing value is counted as it is
// written; and how the file is laid out is found out where nobody says it.
import { type ColumnBuilder, numberBuilder } from "../data/csv/columnBuilders.ts";
import { cellText, missingCells } from "../data/csv/cells.ts";
import { openLayout, readColumns, type WantedColumn } from "../data/csv/readColumns.ts";
import { numberParser } from "../data/csv/parseNumber.ts";
import type { Layout } from "../data/csv/layout.ts";
import type { ReadingIo } from "../data/csv/utf8Chunks.ts";
import { type CsvSource, MISSING } from "../data/csv.ts";
import type { NamedBytes } from "../data/eachLine.ts";
import type { Column } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import type { ProfileInput } from "./profile.ts";

export type CsvSettings = Pick<CsvSource, "delimiter" | "comment" | "skip" | "header" | "names" | "encoding" | "decimal" | "thousands">;

export interface CsvRead extends ProfileInput {
  /** What `csv` must be told besides the path: what was given, and what was found out. */
  readonly settings: CsvSettings;
  readonly delimiter: string;
  /** What was found out, for a person. */
  readonly notes: readonly string[];
}

export async function readCsv(file: NamedBytes, given: CsvSettings, io: ReadingIo): Promise<CsvRead> {
  const quiet = { ...io, warn: () => undefined };
  const { settings, notes } = await foundOut(file, given, quiet);
  const layout = await openLayout(file, settings, quiet);
  const columns = layout.names.map((name) => counted(name, settings));
  const reading = { ...settings, missing: [], format: { decimal: settings.decimal ?? ".", thousands: settings.thousands }, ragged: "error" as const };
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
function counted(name: string, { decimal = ".", thousands }: CsvSettings): { readonly wanted: WantedColumn; readonly seen: Map<string, number> } {
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

/** Whether the first line is a remark of another number of cells, and whether the first row holds names. */
async function foundOut(file: NamedBytes, given: CsvSettings, io: ReadingIo): Promise<{ settings: CsvSettings; notes: string[] }> {
  const notes: string[] = [];
  let settings = given;
  if (given.skip === undefined && given.header !== true && given.names === undefined) {
    const cells = async (skip: number): Promise<readonly string[] | undefined> =>
      openLayout(file, { ...given, skip, header: false }, io).then(
        ({ first }) => first,
        () => undefined,
      );
    const [first, second, third] = [await cells(0), await cells(1), await cells(2)];
    if (first !== undefined && second !== undefined && third !== undefined && first.length !== second.length && second.length === third.length) {
      settings = { ...settings, skip: 1 };
      notes.push(`the first line is left out: it has ${first.length} ${first.length === 1 ? "cell" : "cells"}, the others ${second.length}`);
    }
  }
  if (settings.header === undefined && settings.names === undefined) {
    const { first } = await openLayout(file, { ...settings, header: false }, io);
    const why = noHeader(first, settings);
    if (why !== undefined) {
      settings = { ...settings, header: false };
      notes.push(`no row of names: ${why}; columns are called column_1, column_2, …`);
    }
  }
  return { settings, notes };
}

/** Why the first row cannot be one of names. Years may be names. */
function noHeader(first: Layout["first"], { decimal = "." }: CsvSettings): string | undefined {
  const parse = numberParser({ decimal });
  const encoder = new TextEncoder();
  const isAmount = (cell: string): boolean => {
    const bytes = encoder.encode(cell);
    const value = bytes.length === 0 ? Number.NaN : parse(bytes, 0, bytes.length);
    return Number.isFinite(value) && !(Number.isInteger(value) && value >= 1800 && value <= 2100);
  };
  const amount = first.find(isAmount);
  return amount === undefined ? undefined : `the first holds ${JSON.stringify(amount)}`;
}
