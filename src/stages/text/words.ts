// Distinct words and where they stand. Whatever holds words keeps each once, and ids for the rest.
import type { Ragged, TokensColumn } from "../../data/table.ts";
import type { Work } from "../work.ts";

/** Gives every distinct word a number, in the order in which they come. */
export interface Lexicon {
  readonly words: string[];
  id(word: string): number;
}

export function createLexicon(): Lexicon {
  const words: string[] = [];
  const ids = new Map<string, number>();
  return {
    words,
    id(word) {
      const known = ids.get(word);
      if (known !== undefined) return known;
      // A piece of a text keeps the whole text alive; a copy does not.
      const own = JSON.parse(JSON.stringify(word)) as string;
      ids.set(own, words.length);
      words.push(own);
      return words.length - 1;
    },
  };
}

/** Rows of ids, written one after the other. */
export interface RaggedWriter {
  push(id: number): void;
  endRow(): void;
  done(): Ragged;
}

/** `room` is about how many ids there will be: to grow means to copy, and leaves holes in memory. */
export function createWriter(rows: number, room = 1024): RaggedWriter {
  let ids = new Int32Array(room);
  let length = 0;
  let row = 0;
  const offsets = new Uint32Array(rows + 1);
  return {
    push(id) {
      if (length === ids.length) {
        const wider = new Int32Array(length * 2);
        wider.set(ids);
        ids = wider;
      }
      ids[length++] = id;
    },
    endRow() {
      offsets[++row] = length;
    },
    done: () => ({ ids: ids.slice(0, length), offsets }),
  };
}

export const rowCount = ({ offsets }: Ragged<Int32Array | Uint16Array>): number => offsets.length - 1;

export function rowOf<Ids extends Int32Array | Uint16Array>({ ids, offsets }: Ragged<Ids>, row: number): Ids {
  return ids.subarray(offsets[row], offsets[row + 1]) as Ids;
}

/** Each id replaced by `to[id]`, and left out where that is negative. */
export function mapIds(from: Ragged, to: Int32Array): Ragged {
  return mapInto(from, to, new Int32Array(itemCount(from)));
}

/** As `mapIds`, in half the memory, where every new id is below 65,536. */
export function mapToShort(from: Ragged, to: Int32Array): Ragged<Uint16Array> {
  return mapInto(from, to, new Uint16Array(itemCount(from)));
}

const itemCount = ({ offsets }: Ragged): number => (offsets.at(-1) as number) - (offsets[0] as number);

function mapInto<Ids extends Int32Array | Uint16Array>(from: Ragged, to: Int32Array, ids: Ids): Ragged<Ids> {
  const rows = rowCount(from);
  const offsets = new Uint32Array(rows + 1);
  let length = 0;
  for (let row = 0; row < rows; row++) {
    const end = from.offsets[row + 1] as number;
    for (let i = from.offsets[row] as number; i < end; i++) {
      const id = to[from.ids[i] as number] as number;
      if (id >= 0) ids[length++] = id;
    }
    offsets[row + 1] = length;
  }
  return { ids: length === ids.length ? ids : (ids.slice(0, length) as Ids), offsets };
}

/** Every distinct word replaced by what `change` makes of it; "" takes it out. Yields as many rows as the words that are done are worth. */
export function* mapWords(column: TokensColumn, change: (word: string) => string): Work<TokensColumn> {
  const lexicon = createLexicon();
  const to = new Int32Array(column.words.length);
  const rows = rowCount(column);
  for (const [id, word] of column.words.entries()) {
    yield Math.floor((id / column.words.length) * rows);
    const next = change(word);
    to[id] = next === "" ? -1 : lexicon.id(next);
  }
  return { type: "tokens", words: lexicon.words, ...mapIds(column, to) };
}
