// One record as it lies in the bytes of its file, and the bytes that mark where records and cells end.

/** Each is one byte. */
export interface RecordMarks {
  readonly delimiter: number;
  /** -1: nothing is quoted. */
  readonly quote: number;
  /** A line that begins with it is none; -1: there are no comments. */
  readonly comment: number;
  /** So many lines at the beginning are not looked at. */
  readonly skip: number;
}

/** How a cell is written: as it is, in quotes, or in quotes with doubled quotes inside. */
export const cellKind = { plain: 0, quoted: 1, doubled: 2 } as const;

/** The record that has just ended. It is the same object every time. */
export interface CsvRecord {
  bytes: Uint8Array;
  cells: number;
  from: Int32Array;
  to: Int32Array;
  kind: Uint8Array;
  /** Where it begins, from 1. */
  line: number;
}
