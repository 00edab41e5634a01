// Which of many texts a cell is, without making it one: its bytes are looked up.
import type { Cell } from "./cells.ts";

/** Every sequence of bytes once, numbered in the order in which they came. Four bytes are hashed and compared at a time. */
export function byteDictionary(): (cell: Cell) => number {
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

/** What is in an array, in a longer one. */
export function doubled<T extends Float64Array | Int32Array | Uint32Array | Uint8Array>(old: T, next: T): T {
  next.set(old);
  return next;
}
