// What a column says of each row where it decides who belongs together, or who comes first.
import { size, type Table } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { spans } from "../clean/rows.ts";

type Key = number | string;

/** The values of these rows, of a column or of a named feature of a vector. Throws where one is missing. */
export function keysOf(table: Table, name: string, rows: Uint32Array, at: string): Key[] {
  const read = reader(table, name, at);
  const keys = new Array<Key>(rows.length);
  for (let i = 0; i < rows.length; i++) {
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

/** Rows of one group, the groups in the order of their keys: numbers by size, text by code units. */
export function groupsOf(table: Table, name: string, rows: Uint32Array): Uint32Array[] {
  const numbers = new Map<Key, number>();
  const sizes: number[] = [];
  const groupOf = Uint32Array.from(keysOf(table, name, rows, "split.group"), (key) => {
    const g = numbers.get(key) ?? sizes.push(0) - 1;
    numbers.set(key, g);
    sizes[g] = (sizes[g] as number) + 1;
    return g;
  });
  const groups = sizes.map((size) => new Uint32Array(size));
  const filled = new Uint32Array(sizes.length);
  groupOf.forEach((g, i) => {
    const at = filled[g] as number;
    (groups[g] as Uint32Array)[at] = rows[i] as number;
    filled[g] = at + 1;
  });
  return [...numbers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, g]) => groups[g] as Uint32Array);
}

/** The rows from the earliest to the latest, and the places between two of different moments. */
export function ordered(table: Table, name: string, rows: Uint32Array): { readonly rows: Uint32Array; readonly borders: number[] } {
  const moments = momentsOf(keysOf(table, name, rows, "split.orderBy"), name, (i) => table.ids[rows[i] as number] as number);
  const order = rows.map((_, i) => i);
  const isOrdered = moments.every((moment, i) => i === 0 || moment >= (moments[i - 1] as number));
  if (!isOrdered) order.sort((a, b) => (moments[a] as number) - (moments[b] as number) || a - b);
  const borders: number[] = [];
  for (let p = 1; p < order.length; p++) {
    if (moments[order[p] as number] !== moments[order[p - 1] as number]) borders.push(p);
  }
  return { rows: order.map((i) => rows[i] as number), borders };
}

const iso = /^(\d{4}-\d\d(?:-\d\d)?)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

function momentsOf(keys: readonly Key[], name: string, id: (i: number) => number): Float64Array {
  const plain = Float64Array.from(keys, (key) => (typeof key === "number" ? key : key.trim() === "" ? Number.NaN : Number(key)));
  if (!plain.some(Number.isNaN)) return plain;
  return Float64Array.from(keys, (key, i) => {
    const [, date, time, zone = "Z"] = iso.exec(String(key).trim()) ?? [];
    const moment = date === undefined ? Number.NaN : Date.parse(time === undefined ? date : `${date}T${time}${colon(zone)}`);
    if (!Number.isNaN(moment)) return moment;
    const expected = `expected numbers, or dates such as 2026-11-24 or 2026-11-24T10:15:00Z`;
    throw new PipelineError("data", "split.orderBy", `"${name}" of row ${id(i)} is ${JSON.stringify(key)}; ${expected}`);
  });
}

const colon = (zone: string): string => zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");

/** The border nearest to `wanted`, the earlier of two. */
export function nearest(borders: readonly number[], wanted: number): number | undefined {
  let best: number | undefined;
  for (const border of borders) if (best === undefined || Math.abs(border - wanted) < Math.abs(best - wanted)) best = border;
  return best;
}
