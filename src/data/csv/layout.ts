// How a file is laid out, from its beginning: what divides cells, and what the columns are called.
import { PipelineError } from "../../errors.ts";
import { cellReader, cellText } from "./cells.ts";
import { numberParser } from "./parseNumber.ts";
import type { CsvRecord, RecordMarks } from "./record.ts";
import { recordScanner } from "./scanRecords.ts";

export interface LayoutSettings {
  readonly delimiter?: string | undefined;
  readonly quote?: string | false | undefined;
  readonly comment?: string | undefined;
  readonly skip?: number | undefined;
  readonly header?: boolean | undefined;
  readonly names?: readonly string[] | undefined;
  readonly decimal?: "." | "," | undefined;
}

export interface Layout {
  readonly marks: RecordMarks;
  readonly names: readonly string[];
  /** Whether the first record is no row. */
  readonly header: boolean;
  /** The first record. */
  readonly first: readonly string[];
}

const CANDIDATES = [",", ";", "\t", "|"];

/** The beginning of a file, or all of it. */
export interface Sample {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
}

/** Undefined where no record ends in the sample. Throws where the header is no list of names. */
export function layoutOf(
  sample: Sample,
  settings: LayoutSettings,
  name: string,
  warn: (at: string, message: string) => void,
): Layout | undefined {
  const marksFor = (delimiter: string): RecordMarks => ({
    delimiter: byteOf(delimiter),
    quote: settings.quote === false ? -1 : byteOf(settings.quote ?? '"'),
    comment: settings.comment === undefined ? -1 : byteOf(settings.comment),
    skip: settings.skip ?? 0,
  });
  const marks = marksFor(settings.delimiter ?? likeliest(sample, settings, marksFor));
  const first = firstCells(sample, marks, name);
  if (first === undefined) return undefined;
  const { names } = settings;
  const header = settings.header ?? names === undefined;
  if (names !== undefined) {
    const more = first.length > names.length ? `, the first of them ${JSON.stringify(first[0])}` : "";
    if (first.length !== names.length)
      throw new PipelineError("data", name, `names lists ${names.length} columns, but the first row has ${first.length} cells${more}`);
    return { marks, header, names, first };
  }
  if (!header) return { marks, header, names: first.map((_, i) => `column_${i + 1}`), first };
  const parse = numberParser({ decimal: settings.decimal ?? "." });
  const encoder = new TextEncoder();
  const isNumber = (cell: string): boolean => {
    const bytes = encoder.encode(cell);
    return !Number.isNaN(parse(bytes, 0, bytes.length));
  };
  if (first.length > 1 && first.every(isNumber))
    warn(name, `the first row, ${first.slice(0, 4).join(", ")}…, is taken for names but looks like data; say header: false, or give names`);
  return { marks, header, names: headerNames(first, name), first };
}

const byteOf = (character: string): number => character.charCodeAt(0);

/** More is no name, but a line without end, or a quote that is never closed. */
const LONGEST_NAME = 10_000;

function headerNames(cells: readonly string[], name: string): string[] {
  const names = cells.map((cell, i) => (cell === "" ? `column_${i + 1}` : cell));
  const places = new Map<string, number>();
  names.forEach((column, i) => {
    const before = places.get(column);
    if (column.includes("\0"))
      throw new PipelineError(
        "data",
        name,
        `the name of column ${i + 1} holds a zero byte; name the file's encoding, as in encoding: "utf-16le", or mend the file`,
      );
    if (column.length > LONGEST_NAME) {
      const problem = `it has ${column.length} characters and begins with ${JSON.stringify(column.slice(0, 20))}`;
      throw new PipelineError("data", `${name}, the name of column ${i + 1}`, `${problem}; say header: false where rows begin at once`);
    }
    if (column === "__proto__")
      throw new PipelineError("data", name, 'no column can be called "__proto__"; say header: true and give names');
    if (before !== undefined)
      throw new PipelineError(
        "data",
        name,
        `the header names "${column}" twice, in columns ${before + 1} and ${i + 1}; say header: true and give names: […]`,
      );
    places.set(column, i);
  });
  return names;
}

/** Visits the first records. What follows the last line end counts only where there is no line end in all of the file. */
function beginning({ bytes, whole }: Sample, marks: RecordMarks, name: string, most: number, visit: (record: CsvRecord) => void): void {
  let visited = 0;
  const scanner = recordScanner(marks, name, (record) => {
    if (visited < most) visit(record);
    visited++;
  });
  scanner.push(bytes);
  if (visited === 0 && whole) scanner.end();
}

function firstCells(sample: Sample, marks: RecordMarks, name: string): string[] | undefined {
  const read = cellReader(marks.quote);
  let cells: string[] | undefined;
  beginning(sample, marks, name, 1, (record) => {
    const where = (c: number) => () => `${name} line ${record.line}, cell ${c + 1}`;
    cells = Array.from({ length: record.cells }, (_, c) => cellText(read(record, c), where(c)));
  });
  return cells;
}

const LOOKED_AT = 50;

/** The delimiter by which most records have equally many cells; of several that by which they have most. A comma where there is none. */
function likeliest(sample: Sample, { decimal }: LayoutSettings, marksFor: (delimiter: string) => RecordMarks): string {
  let best = { delimiter: decimal === "," ? ";" : ",", share: 0, cells: 1 };
  for (const delimiter of CANDIDATES) {
    if (delimiter === decimal) continue;
    const counts: number[] = [];
    try {
      beginning(sample, marksFor(delimiter), "", LOOKED_AT, ({ cells }) => counts.push(cells));
    } catch {
      continue;
    }
    const cells = mostCommon(counts);
    const share = counts.filter((count) => count === cells).length / counts.length;
    if (cells > 1 && (share > best.share || (share === best.share && cells > best.cells))) best = { delimiter, share, cells };
  }
  return best.delimiter;
}

function mostCommon(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].sort(([a, n], [b, m]) => m - n || b - a)[0]?.[0] ?? 0;
}
