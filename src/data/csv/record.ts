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

export const emptyRecord = (): CsvRecord => ({
  bytes: new Uint8Array(0),
  cells: 0,
  from: new Int32Array(64),
  to: new Int32Array(64),
  kind: new Uint8Array(64),
  line: 1,
});

/** For as many cells again. */
export function makeRoom(record: CsvRecord): void {
  const room = record.from.length * 2;
  const grown = <T extends Int32Array | Uint8Array>(old: T, next: T): T => {
    next.set(old);
    return next;
  };
  record.from = grown(record.from, new Int32Array(room));
  record.to = grown(record.to, new Int32Array(room));
  record.kind = grown(record.kind, new Uint8Array(room));
}
