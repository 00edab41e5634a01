// Cells of one column, one after the other, → a typed column. Memory is what the column takes: 8 bytes a number, 4 bytes a category and
// every category once.
import { PipelineError } from "../../errors.ts";
import type { CategoryColumn, NumericColumn, TextColumn } from "../table.ts";
import { blocks } from "./blocks.ts";
import { type Cell, cellText } from "./cells.ts";
import type { ParseNumber } from "./parseNumber.ts";

/** Where a cell stands, for messages. Asked only when there is something to say. */
export type Where = () => string;

export interface ColumnBuilder {
  /** False where the cell does not fit the type. */
  add(cell: Cell, where: Where): boolean;
  addMissing(): void;
  /** How many cells it has, while all of them were missing; else undefined. */
  onlyMissing(): number | undefined;
  column(): NumericColumn | CategoryColumn | TextColumn;
}

export type CsvType = "numeric" | "category" | "text";
type IsMissing = (cell: Cell) => boolean;

export function numberBuilder(parse: ParseNumber, isMissing: IsMissing, missingNumbers: readonly number[]): ColumnBuilder {
  const data = blocks((length) => new Float64Array(length));
  let block = data.next();
  let n = 0;
  let known = false;
  const push = (value: number): void => {
    if (n === block.length) {
      block = data.next();
      n = 0;
    }
    block[n++] = value;
  };
  return {
    add(cell) {
      const { bytes, from, to } = cell;
      let value = from === to ? Number.NaN : parse(bytes, from, to);
      if (Number.isNaN(value)) {
        if (!isMissing(cell)) return false;
      } else if (missingNumbers.length > 0 && missingNumbers.includes(value)) value = Number.NaN;
      else known = true;
      push(value);
      return true;
    },
    addMissing: () => push(Number.NaN),
    onlyMissing: () => (known ? undefined : data.count(n)),
    column: () => ({ type: "numeric", shape: [], data: data.joined(n) }),
  };
}

export function textBuilder(isMissing: IsMissing): ColumnBuilder {
  const values: string[] = [];
  return {
    add(cell, where) {
      values.push(isMissing(cell) ? "" : whole(cellText(cell, where), where));
      return true;
    },
    addMissing: () => void values.push(""),
    onlyMissing: () => undefined,
    column: () => ({ type: "text", values }),
  };
}

export function categoryBuilder(isMissing: IsMissing): ColumnBuilder {
  const dictionary = byteDictionary();
  const categories: string[] = [];
  /** The code of each entry of the dictionary: texts that stand for missing have none. */
  let codeOf = new Int32Array(64);
  let entries = 0;
  const codes = blocks((length) => new Int32Array(length));
  let block = codes.next();
  let n = 0;
  const push = (code: number): void => {
    if (n === block.length) {
      block = codes.next();
      n = 0;
    }
    block[n++] = code;
  };
  return {
    add(cell, where) {
      if (cell.from === cell.to) {
        push(-1);
        return true;
      }
      const entry = dictionary(cell);
      if (entry === entries) {
        entries++;
        if (entry === codeOf.length) codeOf = doubled(codeOf, new Int32Array(entry * 2));
        codeOf[entry] = isMissing(cell) ? -1 : categories.push(whole(cellText(cell, where), where)) - 1;
      }
      push(codeOf[entry] as number);
      return true;
    },
    addMissing: () => push(-1),
    onlyMissing: () => undefined,
    column: () => ({ type: "category", categories, codes: codes.joined(n) }),
  };
}

/** Takes the place of a builder whose column is to be read once more. */
export const noColumn: ColumnBuilder = {
  add: () => true,
  addMissing: () => undefined,
  onlyMissing: () => undefined,
  column() {
    throw new PipelineError("data", "csv", "a column was not read again");
  },
};

/** Every sequence of bytes once, numbered in the order in which they came. Four bytes are hashed and compared at a time. */
function byteDictionary(): (cell: Cell) => number {
  let pool = new Uint8Array(4096);
  let poolWords = new DataView(pool.buffer);
  let used = 0;
  let count = 0;
  let starts = new Uint32Array(257);
  let hashes = new Int32Array(256);
  let slots = new Int32Array(512);
  let bytes: Uint8Array = pool;
  let words: DataView = poolWords;

  const grow = (): void => {
    starts = doubled(starts, new Uint32Array(count * 2 + 1));
    hashes = doubled(hashes, new Int32Array(count * 2));
    slots = new Int32Array(count * 4);
    for (let entry = 0; entry < count; entry++) {
      let slot = (hashes[entry] as number) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = entry + 1;
    }
  };

  const equals = (start: number, from: number, to: number): boolean => {
    const last = to - 4;
    if (last < from) {
      let i = from;
      for (let j = start; i < to && pool[j] === bytes[i]; j++) i++;
      return i === to;
    }
    if (words.getInt32(last) !== poolWords.getInt32(start + last - from)) return false;
    let i = from;
    for (let j = start; i < last; i += 4, j += 4) if (words.getInt32(i) !== poolWords.getInt32(j)) return false;
    return true;
  };

  return (cell) => {
    const { from, to } = cell;
    if (cell.bytes !== bytes) {
      bytes = cell.bytes;
      words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const length = to - from;
    let hash = length;
    if (length < 4) for (let i = from; i < to; i++) hash = (hash << 8) | (bytes[i] as number);
    else {
      // The last word overlaps the one before it.
      const last = to - 4;
      for (let i = from; i < last; i += 4) {
        hash = Math.imul(hash ^ words.getInt32(i), 0x9e3779b1);
        hash ^= hash >>> 15;
      }
      hash ^= words.getInt32(last);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash ^= hash >>> 13;

    let slot = hash & (slots.length - 1);
    for (;;) {
      const entry = (slots[slot] as number) - 1;
      if (entry < 0) break;
      const start = starts[entry] as number;
      if (hashes[entry] === hash && (starts[entry + 1] as number) - start === length && equals(start, from, to)) return entry;
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = count + 1;
    hashes[count] = hash;
    if (used + length > pool.length) {
      pool = doubled(pool, new Uint8Array(Math.max(pool.length * 2, used + length)));
      poolWords = new DataView(pool.buffer);
    }
    pool.set(bytes.subarray(from, to), used);
    used += length;
    count++;
    starts[count] = used;
    if (count === hashes.length) grow();
    return count - 1;
  };
}

function doubled<T extends Float64Array | Int32Array | Uint32Array | Uint8Array>(old: T, next: T): T {
  next.set(old);
  return next;
}

/** A zero byte in text is the half of a UTF-16 unit, or the file is no text at all. */
function whole(text: string, where: Where): string {
  if (!text.includes("\0")) return text;
  throw new PipelineError(
    "data",
    where(),
    'the cell holds a zero byte; name the file\'s encoding, as in encoding: "utf-16le", or mend the file',
  );
}
