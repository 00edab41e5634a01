// The bytes of one cell: trimmed where it is not quoted, unfolded where quotes are doubled, compared with what stands for missing.
import { decodeText, strictDecoder } from "../decodeText.ts";
import { type CsvRecord, cellKind } from "./record.ts";

/** A range of bytes. It is the same object every time. */
export interface Cell {
  bytes: Uint8Array;
  from: number;
  to: number;
}

const SPACE = 32;
const TAB = 9;

/** Makes cells of records with this quote. */
export function cellReader(quote: number): (record: CsvRecord, c: number) => Cell {
  const cell: Cell = { bytes: new Uint8Array(0), from: 0, to: 0 };
  let unfolded = new Uint8Array(64);
  return (record, c) => {
    const { bytes } = record;
    let from = record.from[c] as number;
    let to = record.to[c] as number;
    const kind = record.kind[c];
    cell.bytes = bytes;
    if (kind === cellKind.plain) {
      while (from < to && (bytes[from] === SPACE || bytes[from] === TAB)) from++;
      while (to > from && (bytes[to - 1] === SPACE || bytes[to - 1] === TAB)) to--;
    } else if (kind === cellKind.doubled) {
      if (to - from > unfolded.length) unfolded = new Uint8Array(Math.max(unfolded.length * 2, to - from));
      let n = 0;
      for (let i = from; i < to; i++) {
        unfolded[n++] = bytes[i] as number;
        if (bytes[i] === quote) i++;
      }
      cell.bytes = unfolded;
      from = 0;
      to = n;
    }
    cell.from = from;
    cell.to = to;
    return cell;
  };
}

const decoder = strictDecoder();

/** `at` is for messages. */
export const cellText = ({ bytes, from, to }: Cell, at: () => string): string => {
  // Short ASCII, which is most of what there is, is faster by hand than through a decoder.
  if (to - from <= 16) {
    let text = "";
    let i = from;
    for (; i < to && (bytes[i] as number) < 128; i++) text += String.fromCharCode(bytes[i] as number);
    if (i === to) return text;
  }
  const part = bytes.subarray(from, to);
  try {
    return decoder.decode(part);
  } catch {
    return decodeText(decoder, part, at());
  }
};

const encoder = new TextEncoder();

/** Whether a cell is one of these texts. An empty cell always is. */
export function missingCells(markers: readonly string[]): (cell: Cell) => boolean {
  const all = markers.map((marker) => encoder.encode(marker)).filter(({ length }) => length > 0);
  const longest = all.reduce((most, { length }) => Math.max(most, length), 0);
  return ({ bytes, from, to }) => {
    const length = to - from;
    if (length === 0) return true;
    if (length > longest) return false;
    for (const marker of all) {
      if (marker.length !== length) continue;
      let i = 0;
      while (i < length && marker[i] === bytes[from + i]) i++;
      if (i === length) return true;
    }
    return false;
  };
}
