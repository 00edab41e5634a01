// What a column says of each row where it decides who belongs together, or who comes first.
import { size, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { spans } from "../clean/rows.ts";
import type { Work } from "../work.ts";

type Key = number | string;
const SOME = 1 << 14;

/** The values of these rows, of a column or of a named feature of a vector. Throws where one is missing. */
function* keysOf(table: Table, name: string, rows: Uint32Array, at: string): Work<Key[]> {
  const read = reader(table, name, at);
  const keys = new Array<Key>(rows.length);
  for (let i = 0; i < rows.length; i++) {
    if (i % SOME === 0) yield i;
    const row = rows[i] as number;
    const key = read(row);
    if (key === undefined) {
      const way = `fill it, or drop such rows with dropIncomplete({ columns: [${JSON.stringify(name)}] })`;
      throw new PipelineError("data", at, `row ${table.ids[row]} has no "${name}"; ${way}`);
    }
    keys[i] = key;
  }
  return keys;
}

function reader(table: Table, name: string, at: string): (row: number) => Key | undefined {
  const found = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
  if (found?.type === "category") return (row) => found.categories[found.codes[row] as number];
  if (found?.type === "text") return (row) => found.values[row] || undefined;
  const [span, ...more] = spans(table, name, at);
  if (span === undefined || more.length > 0 || span.to - span.from !== 1)
    throw new PipelineError("config", at, `column "${name}" holds several numbers a row; expected one`);
  const { data, shape, classes } = span.column;
  const width = size(shape);
  return (row) => {
    const value = data[row * width + span.from] as number;
    if (Number.isNaN(value) || (value < 0 && data instanceof Int32Array && classes !== undefined)) return undefined;
    return value;
  };
}

/** Rows of one group, the groups in the order of their keys: numbers by size, text by code units, pseudonyms as they come. */
export function* groupsOf(table: Table, name: string, rows: Uint32Array): Work<Uint32Array[]> {
  const numbers = new Map<Key, number>();
  const sizes: number[] = [];
  const keys = yield* keysOf(table, name, rows, "split.group");
  const groupOf = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    if (i % SOME === 0) yield i;
    const key = keys[i] as Key;
    const g = numbers.get(key) ?? sizes.push(0) - 1;
    numbers.set(key, g);
    sizes[g] = (sizes[g] as number) + 1;
    groupOf[i] = g;
  }
  const groups = sizes.map((size) => new Uint32Array(size));
  const filled = new Uint32Array(sizes.length);
  groupOf.forEach((g, i) => {
    const at = filled[g] as number;
    (groups[g] as Uint32Array)[at] = rows[i] as number;
    filled[g] = at + 1;
  });
  // Under another salt pseudonyms have another order, and the same rows must be test rows all the same.
  const found = table.columns[name];
  if ((found?.type === "category" || found?.type === "text") && found.pseudonyms === true) return groups;
  return [...numbers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, g]) => groups[g] as Uint32Array);
}

/** The rows from the earliest to the latest, and the places between two of different moments. Rows of one moment stay in their order. */
export function* ordered(table: Table, name: string, rows: Uint32Array): Work<{ readonly rows: Uint32Array; readonly borders: number[] }> {
  const keys = yield* keysOf(table, name, rows, "split.orderBy");
  const moments = yield* momentsOf(keys, name, (i) => table.ids[rows[i] as number] as number);
  const sorted = moments.toSorted();
  const borders: number[] = [];
  /** The different moments, and where the rows of each begin. */
  const firsts: number[] = [];
  for (let p = 0; p < sorted.length; p++) {
    if (p > 0 && sorted[p] === sorted[p - 1]) continue;
    firsts.push(p);
    if (p > 0) borders.push(p);
  }
  const next = Uint32Array.from(firsts);
  const made = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    if (i % SOME === 0) yield i;
    const moment = moments[i] as number;
    let [low, high] = [0, firsts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((sorted[firsts[middle] as number] as number) <= moment) low = middle;
      else high = middle - 1;
    }
    const place = next[low] as number;
    made[place] = rows[i] as number;
    next[low] = place + 1;
  }
  return { rows: made, borders };
}

const iso = /^(\d{4}-\d\d(?:-\d\d)?)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

function* momentsOf(keys: readonly Key[], name: string, id: (i: number) => number): Work<Float64Array> {
  const plain = Float64Array.from(keys, (key) => (typeof key === "number" ? key : key.trim() === "" ? Number.NaN : Number(key)));
  if (!plain.some(Number.isNaN)) return plain;
  const moments = new Float64Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    if (i % SOME === 0) yield i;
    const [, date, time, zone = "Z"] = iso.exec(String(keys[i]).trim()) ?? [];
    const moment = date === undefined ? Number.NaN : Date.parse(time === undefined ? date : `${date}T${time}${colon(zone)}`);
    if (Number.isNaN(moment)) {
      const expected = "expected numbers, or dates such as 2026-11-24 or 2026-11-24T10:15:00Z";
      throw new PipelineError("data", "split.orderBy", `"${name}" of row ${id(i)} is ${JSON.stringify(keys[i])}; ${expected}`);
    }
    moments[i] = moment;
  }
  return moments;
}

const colon = (zone: string): string => zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");

/** The border nearest to `wanted`, the earlier of two. */
export function nearest(borders: readonly number[], wanted: number): number | undefined {
  let best: number | undefined;
  for (const border of borders) if (best === undefined || Math.abs(border - wanted) < Math.abs(best - wanted)) best = border;
  return best;
}
