// Bytes → records of cells, after RFC 4180: cells between delimiters, quoted where they hold delimiters, line ends or quotes, a quote inside
// doubled. A line ends at \n, \r\n or \r. Nothing is decoded here: a cell is a range of bytes, so numbers and repeated names never become
// strings. Works on UTF-8, in which no byte of another character looks like a delimiter.
import { PipelineError } from "../../errors.ts";
import { type CsvRecord, cellKind, emptyRecord, makeRoom, type RecordMarks } from "./record.ts";

export interface RecordScanner {
  push(chunk: Uint8Array): void;
  /** The file ends here. Throws inside a quoted cell. */
  end(): void;
}

/** As a string may be in all browsers, so that any cell can be one. */
const LONGEST_RECORD = 2 ** 29 - 24;
const MOST_CELLS = 2 ** 20;
const LF = 10;
const CR = 13;
const SPACE = 32;
const BEGIN = 0;
const PLAIN = 1;
const QUOTED = 2;
const AFTER_QUOTE = 3;
const AFTER_CELL = 4;
const SKIPPED = 5;

/** Calls `visit` for every record but empty lines. `name` is the file's, for messages. */
export function recordScanner(
  { delimiter, quote, comment, skip }: RecordMarks,
  name: string,
  visit: (record: CsvRecord) => void,
): RecordScanner {
  const record = emptyRecord();
  let mode = skip > 0 ? SKIPPED : BEGIN;
  let skipping = skip;
  let line = 1;
  let afterReturn = false;
  let doubled = false;
  /** Where the current cell begins, and where its closing quote stands. */
  let cellFrom = 0;
  let closing = 0;
  /** The beginning of a record that has not ended, in a buffer with room for more. */
  let kept = new Uint8Array(0);
  let length = 0;

  const where = (): string => `${name} line ${record.line}, cell ${record.cells + 1}`;
  const cell = (from: number, to: number, kind: number): void => {
    const at = record.cells++;
    record.from[at] = from;
    record.to[at] = to;
    record.kind[at] = kind;
    if (record.cells < record.from.length) return;
    if (record.cells >= MOST_CELLS)
      throw new PipelineError("data", where(), `the row has more than ${MOST_CELLS} cells; is the delimiter another, or the line end?`);
    makeRoom(record);
  };

  const endRecord = (bytes: Uint8Array): void => {
    const empty =
      record.cells === 1 && record.kind[0] === cellKind.plain && isBlank(bytes, record.from[0] as number, record.to[0] as number);
    record.bytes = bytes;
    if (!empty) visit(record);
    record.cells = 0;
  };

  /** Reads on from `at`; returns where the record begins that has not ended. */
  const scan = (bytes: Uint8Array, at: number, begun: number): number => {
    const end = bytes.length;
    const mark = delimiter;
    const most = Math.max(mark, CR);
    const view = new DataView(bytes.buffer, bytes.byteOffset, end);
    const low = Math.imul(0x01010101, most + 1);
    let i = at;
    while (i < end) {
      if (mode === BEGIN) {
        const byte = bytes[i] as number;
        if (record.cells === 0 && i === begun) {
          if (byte === LF && afterReturn) {
            afterReturn = false;
            begun = cellFrom = ++i;
            continue;
          }
          record.line = line;
          if (byte === comment) {
            mode = SKIPPED;
            continue;
          }
        }
        afterReturn = false;
        if (byte === SPACE && delimiter !== SPACE) i++;
        else if (byte === quote) {
          mode = QUOTED;
          cellFrom = ++i;
          doubled = false;
        } else mode = PLAIN;
      } else if (mode === PLAIN) {
        let byte = 0;
        for (; i < end; i++) {
          byte = bytes[i] as number;
          // Most bytes are letters and digits, which come after all marks.
          if (byte > most) {
            while (i + 5 <= end) {
              const word = view.getInt32(i + 1, true);
              if (((word - low) & ~word & 0x80808080) !== 0) break;
              i += 4;
            }
            continue;
          }
          if (byte === mark) {
            cell(cellFrom, i, cellKind.plain);
            cellFrom = i + 1;
            if (cellFrom === end) break;
            const next = bytes[cellFrom] as number;
            if (next === quote || next === SPACE) break;
          } else if (byte === LF || byte === CR) break;
        }
        if (i === end) break;
        mode = BEGIN;
        i++;
        if (byte === mark) continue;
        cell(cellFrom, i - 1, cellKind.plain);
        cellFrom = i;
        line++;
        endRecord(bytes);
        begun = cellFrom;
        afterReturn = byte === CR;
      } else if (mode === QUOTED) {
        let byte = 0;
        while (i < end) {
          byte = bytes[i] as number;
          if (byte === quote) break;
          if (byte === LF) line++;
          i++;
        }
        if (i === end) break;
        closing = i++;
        mode = AFTER_QUOTE;
      } else if (mode === AFTER_QUOTE) {
        if (bytes[i] === quote) {
          doubled = true;
          mode = QUOTED;
          i++;
        } else {
          cell(cellFrom, closing, doubled ? cellKind.doubled : cellKind.quoted);
          mode = AFTER_CELL;
        }
      } else if (mode === AFTER_CELL) {
        const byte = bytes[i] as number;
        if (byte === delimiter || byte === LF || byte === CR) {
          mode = BEGIN;
          cellFrom = ++i;
          if (byte === delimiter) continue;
          line++;
          endRecord(bytes);
          begun = cellFrom;
          afterReturn = byte === CR;
        } else if (byte === SPACE) i++;
        else {
          const shown = JSON.stringify(String.fromCharCode(byte));
          throw new PipelineError(
            "data",
            `${name} line ${line}, cell ${record.cells}`,
            `after the closing quote comes ${shown}, not a delimiter; a quote inside is written twice (quote: false where nothing is quoted)`,
          );
        }
      } else {
        while (i < end && bytes[i] !== LF && bytes[i] !== CR) i++;
        if (i === end) break;
        afterReturn = bytes[i] === CR;
        line++;
        begun = cellFrom = ++i;
        skipping--;
        if (skipping <= 0) mode = BEGIN;
        else if (afterReturn && bytes[i] === LF) begun = cellFrom = ++i;
      }
    }
    return begun;
  };

  return {
    push(chunk) {
      if (length === 0) {
        const begun = scan(chunk, 0, 0);
        keep(chunk, begun);
        return;
      }
      const at = length;
      append(chunk);
      const whole = kept.subarray(0, length);
      const begun = scan(whole, at, 0);
      if (begun > 0) keep(whole, begun);
    },
    end() {
      const bytes = kept.subarray(0, length);
      if (mode === QUOTED) {
        throw new PipelineError("data", where(), "the quote that opens this cell is never closed");
      }
      if (mode === SKIPPED || length === 0) return;
      if (mode === AFTER_QUOTE) cell(cellFrom, closing, doubled ? cellKind.doubled : cellKind.quoted);
      else if (mode !== AFTER_CELL) cell(cellFrom, length, cellKind.plain);
      endRecord(bytes);
      length = 0;
      mode = BEGIN;
    },
  };

  /** Keeps what of `bytes` belongs to a record that has not ended, and counts places from its beginning. */
  function keep(bytes: Uint8Array, begun: number): void {
    const rest = bytes.subarray(begun);
    if (rest.length > kept.length) kept = new Uint8Array(rest.length * 2);
    kept.set(rest);
    length = rest.length;
    for (let c = 0; c < record.cells; c++) {
      record.from[c] = (record.from[c] as number) - begun;
      record.to[c] = (record.to[c] as number) - begun;
    }
    cellFrom -= begun;
    closing -= begun;
  }

  function append(chunk: Uint8Array): void {
    if (length + chunk.length > LONGEST_RECORD) {
      const way = mode === QUOTED ? "is the quote that opens the cell never closed?" : "is the line end another?";
      throw new PipelineError("data", where(), `the row is longer than ${LONGEST_RECORD} bytes; ${way}`);
    }
    if (length + chunk.length > kept.length) {
      const grown = new Uint8Array((length + chunk.length) * 2);
      grown.set(kept.subarray(0, length));
      kept = grown;
    }
    kept.set(chunk, length);
    length += chunk.length;
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== SPACE) return false;
  return true;
}
