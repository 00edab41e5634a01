// Rows as the source gave them, to be shown later: the stages make words of texts and vectors of columns, and let go what they were.
import { type CategoryColumn, column, isTabular, type NumericColumn, type Table } from "../../data/table.ts";
import type { RowView } from "./file.ts";

/** A row by its number in the source. */
export type Excerpts = (id: number) => RowView | undefined;

/** Undefined where the network reads rows as the source gives them, and where there are too many to keep anything worth reading of each. */
export function excerptsOf(table: Table): Excerpts | undefined {
  const [name] = table.inputs;
  if (isTabular(table)) return columnsOf(table);
  const input = column(table, name as string);
  return input.type === "text" ? textsOf(input.values, table.ids) : undefined;
}

/** Characters of a text that are kept, at most and at least, and bytes of all of them. */
const LONGEST = 320;
const SHORTEST = 40;
const ROOM = 32_000_000;

/** The beginnings of texts are copied as bytes, since a piece of a JavaScript string keeps the whole string in memory. */
export function textsOf(texts: readonly string[], ids: Uint32Array, longest = LONGEST, room = ROOM): Excerpts | undefined {
  const most = Math.min(longest, Math.floor(room / texts.length));
  if (most < Math.min(longest, SHORTEST)) return undefined;
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(room);
  const ends = new Uint32Array(texts.length + 1);
  for (const [row, text] of texts.entries()) {
    const start = ends[row] as number;
    const cut = text.length > most ? `${text.slice(0, most - 1)}…` : text;
    ends[row + 1] = start + encoder.encodeInto(cut, bytes.subarray(start)).written;
  }
  const kept = bytes.slice(0, ends[texts.length]);
  return (id) => {
    const row = ids.indexOf(id);
    const text = row < 0 ? "" : new TextDecoder().decode(kept.subarray(ends[row], ends[row + 1]));
    return text === "" ? undefined : { kind: "text", text };
  };
}

const SHOWN = 12;

/** Of many columns the first; those of text are not among them. Undefined where they would hold on to too much memory. */
function columnsOf({ columns, inputs, ids, rows }: Table): Excerpts | undefined {
  const shown = inputs
    .flatMap((name) => {
      const found = columns[name];
      return found?.type === "category" || found?.type === "numeric" ? [{ name, value: valueOf(found) }] : [];
    })
    .slice(0, SHOWN);
  if (shown.length === 0 || rows * shown.length * Float64Array.BYTES_PER_ELEMENT > ROOM) return undefined;
  const more = inputs.length - shown.length;
  return (id) => {
    const row = ids.indexOf(id);
    return row < 0 ? undefined : { kind: "values", values: shown.map(({ name, value }) => ({ name, value: value(row) })), more };
  };
}

function valueOf(from: NumericColumn | CategoryColumn): (row: number) => number | string {
  if (from.type === "category") return (row) => from.categories[from.codes[row] as number] ?? "missing";
  return (row) => {
    const value = from.data[row] as number;
    return Number.isNaN(value) ? "missing" : Number(value.toPrecision(6));
  };
}
