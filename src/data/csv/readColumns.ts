// A file of records → typed columns. Types are inferred while it is read: a column is numbers until a cell is none. Where numbers came before
// that cell, the column is read once more, as categories, since how those were written is gone.
import { PipelineError, show } from "../../errors.ts";
import type { LinedFile } from "../linedFile.ts";
import { joined } from "../openBytes.ts";
import type { ReadableFile } from "../readableFile.ts";
import { blocks } from "./blocks.ts";
import { type Cell, cellReader, cellText, missingCells } from "./cells.ts";
import { type ColumnBuilder, type CsvType, categoryBuilder, noColumn, numberBuilder, textBuilder } from "./columnBuilders.ts";
import { type Layout, type LayoutSettings, layoutOf } from "./layout.ts";
import { type NumberFormat, numberParser } from "./parseNumber.ts";
import type { CsvRecord } from "./record.ts";
import { recordScanner } from "./scanRecords.ts";
import { type ReadingIo, utf8Chunks } from "./utf8Chunks.ts";

export interface FileSettings extends LayoutSettings {
  readonly encoding?: string | undefined;
}

export interface ColumnSettings {
  readonly missing: readonly string[];
  readonly format: NumberFormat;
  /** What to do with rows of fewer or more cells than there are columns. */
  readonly ragged: "error" | "drop" | "fill";
}

/** A column that is wanted. Without a type it is inferred. */
export interface WantedColumn {
  readonly name: string;
  type: CsvType | undefined;
  builder: ColumnBuilder;
  /** Numbers came first, and then a cell that is none. */
  failed: boolean;
}

/** The rows of one file: how many there are, and which of its records were left out. Their lines are told, too. */
export interface RowsRead extends LinedFile {
  readonly rows: number;
  readonly dropped: readonly number[];
}

const SAMPLE = 1 << 16;

export async function openLayout(file: ReadableFile, settings: FileSettings, io: ReadingIo): Promise<Layout> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let enough = SAMPLE;
  for await (const chunk of utf8Chunks(file, settings.encoding, { ...io, progress: () => undefined })) {
    parts.push(chunk.slice());
    length += chunk.length;
    if (length < enough) continue;
    const layout = layoutOf({ bytes: joined(parts), whole: false }, settings, file.name, io.warn);
    if (layout !== undefined) return layout;
    // The first record goes on, or there are comments only.
    enough = length * 2;
  }
  const layout = layoutOf({ bytes: joined(parts), whole: true }, settings, file.name, io.warn);
  if (layout === undefined) throw new PipelineError("data", file.name, "the file is empty");
  return layout;
}

export function wantedColumn(name: string, type: CsvType | undefined, settings: ColumnSettings): WantedColumn {
  return { name, type, builder: builderOf(type ?? "numeric", settings), failed: false };
}

function builderOf(type: CsvType, { missing, format }: ColumnSettings): ColumnBuilder {
  const isMissing = missingCells(missing);
  if (type === "category") return categoryBuilder(isMissing);
  if (type === "text") return textBuilder(isMissing);
  const parse = numberParser(format);
  const encoder = new TextEncoder();
  const numbers = missing.map((marker) => {
    const bytes = encoder.encode(marker);
    return parse(bytes, 0, bytes.length);
  });
  return numberBuilder(
    parse,
    isMissing,
    numbers.filter((number) => !Number.isNaN(number)),
  );
}

/** Adds the file's rows to the wanted columns; those whose type is not known get one. A wanted column that the file lacks is missing in all. */
export async function readColumns(
  file: ReadableFile,
  layout: Layout,
  wanted: readonly WantedColumn[],
  settings: ColumnSettings & FileSettings,
  io: ReadingIo,
): Promise<RowsRead> {
  const read = await readOnce(file, layout, wanted, settings, io);
  const again = wanted.filter(({ failed }) => failed);
  for (const column of again) {
    column.failed = false;
    column.type = "category";
    column.builder = builderOf("category", settings);
  }
  if (again.length > 0) {
    const { rows } = await readOnce(file, layout, again, settings, { ...io, warn: () => undefined });
    if (rows !== read.rows)
      throw new PipelineError("data", file.name, `it had ${read.rows} rows and then ${rows}: it was changed while it was read; run again`);
  }
  for (const column of wanted) column.type ??= "numeric";
  return read;
}

async function readOnce(
  file: ReadableFile,
  layout: Layout,
  wanted: readonly WantedColumn[],
  settings: ColumnSettings & FileSettings,
  io: ReadingIo,
): Promise<RowsRead> {
  const { names, marks } = layout;
  const placeOf = new Map(names.map((name, c) => [name, c]));
  const places = wanted.map(({ name }) => placeOf.get(name) ?? -1);
  const cellOf = cellReader(marks.quote);
  const dropped: number[] = [];
  const lines = blocks((length) => new Uint32Array(length));
  let block = lines.next();
  let n = 0;
  let isHeader = layout.header;
  let rows = 0;
  let current: CsvRecord | undefined;
  let column = "";
  let firstDropped = "";
  const where = (): string => `${file.name} line ${current?.line}, column "${column}"`;

  const scanner = recordScanner(marks, file.name, (record) => {
    if (isHeader) {
      isHeader = false;
      return;
    }
    if (n === block.length) {
      block = lines.next();
      n = 0;
    }
    block[n++] = record.line;
    if (record.cells !== names.length && !fits(record, file.name, names, settings.ragged)) {
      firstDropped ||= `line ${record.line} with ${countsOf(record, names)}`;
      dropped.push(rows + dropped.length);
      return;
    }
    current = record;
    for (let w = 0; w < wanted.length; w++) {
      const into = wanted[w] as WantedColumn;
      const c = places[w] as number;
      if (c < 0 || c >= record.cells) {
        into.builder.addMissing();
        continue;
      }
      column = into.name;
      const cell = cellOf(record, c);
      if (!into.builder.add(cell, where)) unfit(into, cell, where, settings);
    }
    rows++;
  });
  for await (const chunk of utf8Chunks(file, settings.encoding, io)) scanner.push(chunk);
  scanner.end();
  if (dropped.length > 0) io.warn(file.name, `${dropped.length} rows were left out, the first is ${firstDropped}`);
  return { name: file.name, rows, dropped, lines: lines.joined(n) };
}

const countsOf = ({ cells }: CsvRecord, { length }: readonly string[]): string => `${cells} cells, but there are ${length} columns`;

/** Whether a row of another number of cells is one nevertheless: it lacks cells that may be missing, or has more that are empty. */
function fits(record: CsvRecord, name: string, names: readonly string[], ragged: ColumnSettings["ragged"]): boolean {
  const { cells, line } = record;
  if (ragged === "drop") return false;
  if (ragged === "fill") {
    let c = names.length;
    while (c < cells && record.from[c] === record.to[c]) c++;
    if (c >= cells) return true;
  }
  const few = cells < names.length;
  const at = few ? `column "${names[cells]}"` : `cell ${names.length + 1}`;
  const way = `ragged: "drop" leaves such rows out${few ? ', "fill" takes for missing what is not there' : ""}`;
  throw new PipelineError("data", `${name} line ${line}, ${at}`, `the row has ${countsOf(record, names)}; ${way}`);
}

/** A cell that is no number: in a column that is being inferred it is a category, as all that came before may have been. */
function unfit(into: WantedColumn, cell: Cell, where: () => string, settings: ColumnSettings): void {
  const text = cellText(cell, where);
  if (into.type !== undefined) {
    const way = `name what stands for a missing value in missing, or say types: { ${JSON.stringify(into.name)}: "category" }`;
    throw new PipelineError("data", where(), `expected a number, got ${show(text)}; ${way}`);
  }
  const missing = into.builder.onlyMissing();
  if (missing === undefined) {
    into.failed = true;
    into.builder = noColumn;
    return;
  }
  into.type = "category";
  into.builder = builderOf("category", settings);
  for (let i = 0; i < missing; i++) into.builder.addMissing();
  into.builder.add(cell, where);
}
