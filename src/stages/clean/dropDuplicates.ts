// Keeps one of equal rows, or none. Rows are found by hash and then compared in full; NaN equals NaN, and 0 equals -0.
import { type Descriptor, describe, oneOf, optional, type Rules } from "../../check.ts";
import { type Column, column, isFloat, size } from "../../data/table.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import type { Work } from "../work.ts";
import { removeRows } from "./rows.ts";

export interface DropDuplicates extends Descriptor {
  readonly kind: "dropDuplicates";
  readonly columns?: Columns;
  readonly keep?: "first" | "last" | false;
}

const rules: Rules = { columns: optional(columnsRule), keep: optional(oneOf("first", "last", false)) };

/** Of rows with equal `columns` (default: all inputs) keeps the "first" (default), the "last", or none of them (`keep: false`). */
export function dropDuplicates(settings: Omit<DropDuplicates, "kind"> = {}): DropDuplicates {
  return describe<DropDuplicates>("dropDuplicates", settings, rules);
}

export const dropDuplicatesStage: CleanStage<DropDuplicates> = {
  kind: "dropDuplicates",
  rules,
  rowwise: false,
  *apply(stage, table) {
    const names = chosenColumns(table, stage.columns, table.inputs, "dropDuplicates.columns");
    const columns = names.map((name) => column(table, name));
    const firsts = yield* firstEquals(table.rows, columns);
    // By first row: the last that equals it.
    const lasts = new Int32Array(table.rows);
    firsts.forEach((first, row) => {
      lasts[first] = row;
    });
    const { keep = "first" } = stage;
    return yield* removeRows(table, (row) => {
      const first = firsts[row] as number;
      const last = lasts[first] as number;
      if (first === last || row === (keep === "first" ? first : keep === "last" ? last : -1)) return undefined;
      const other = keep === "last" || row === first ? last : first;
      return `equals row ${table.ids[other]}`;
    });
  },
};

/** For every row the first that equals it, which may be itself. */
export function* firstEquals(rows: number, columns: readonly Column[]): Work<Int32Array> {
  const hashes = yield* hashRows(rows, columns);
  // An open-addressed set of rows: slot → row + 1.
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(rows * 2 + 2)));
  const firsts = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (row % SOME === 0) yield row;
    for (let slot = (hashes[row] as number) & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const other = (slots[slot] as number) - 1;
      if (other < 0) {
        slots[slot] = row + 1;
        firsts[row] = row;
        break;
      }
      if (hashes[other] === hashes[row] && columns.every((c) => sameValue(c, other, row))) {
        firsts[row] = other;
        break;
      }
    }
  }
  return firsts;
}

const NAN_HASH = 0x7fc00000;
/** A sign of life after every row would take longer than a short row itself. */
const SOME = 256;

/** FNV-1a over 32-bit words, well mixed at the end. */
function* hashRows(rows: number, columns: readonly Column[]): Work<Uint32Array> {
  const hashes = new Uint32Array(rows).fill(0x811c9dc5);
  const float = new Float64Array(1);
  const [low, high] = [new Int32Array(float.buffer, 0, 1), new Int32Array(float.buffer, 4, 1)];
  const step = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193);
  for (const c of columns) {
    for (let row = 0; row < rows; row++) {
      if (row % SOME === 0) yield row;
      let hash = hashes[row] as number;
      if (c.type === "category") {
        hash = step(hash, c.codes[row] as number);
      } else if (c.type === "tokens" || c.type === "sequences") {
        for (const id of c.ids.subarray(c.offsets[row], c.offsets[row + 1])) hash = step(hash, id);
        hash = step(hash, -1);
      } else if (c.type === "text") {
        const text = c.values[row] as string;
        for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i));
        hash = step(hash, -1);
      } else if (isFloat(c)) {
        const width = size(c.shape);
        for (const value of c.data.subarray(row * width, (row + 1) * width)) {
          float[0] = value + 0;
          if (Number.isNaN(value)) hash = step(hash, NAN_HASH);
          else hash = step(step(hash, low[0] as number), high[0] as number);
          hash ^= hash >>> 15;
        }
      } else {
        const width = size(c.shape);
        const end = (row + 1) * width;
        for (let i = row * width; i < end; i++) hash = step(hash, c.data[i] as number);
      }
      hashes[row] = hash;
    }
  }
  return hashes.map((hash) => {
    const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return (mixed ^ (mixed >>> 13)) >>> 0;
  });
}

function sameValue(c: Column, a: number, b: number): boolean {
  if (c.type === "text") return c.values[a] === c.values[b];
  if (c.type === "category") return c.codes[a] === c.codes[b];
  if (c.type !== "numeric") {
    const [from, to] = [c.offsets[a] as number, c.offsets[b] as number];
    const length = (c.offsets[a + 1] as number) - from;
    if ((c.offsets[b + 1] as number) - to !== length) return false;
    for (let i = 0; i < length; i++) if (c.ids[from + i] !== c.ids[to + i]) return false;
    return true;
  }
  const { data } = c;
  const width = size(c.shape);
  for (let i = a * width, j = b * width; i < (a + 1) * width; i++, j++) {
    if (data[i] !== data[j] && !(Number.isNaN(data[i]) && Number.isNaN(data[j]))) return false;
  }
  return true;
}
