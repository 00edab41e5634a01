// A column of any kind as what a profile looks at: numbers, or names with their counts; what is missing is told apart by how it is written.
import { type Column, columnKind } from "../data/table.ts";
import { MISSING } from "../data/tabular.ts";
import { PipelineError } from "../errors.ts";

export interface Values {
  readonly name: string;
  /** NaN is missing. Undefined for names. */
  readonly numbers: Float64Array | undefined;
  /** Places in `categories`, -1 is missing; for numbers there are none. */
  readonly codes: Int32Array;
  readonly categories: readonly string[];
  /** How many rows have each of `categories`. */
  readonly counts: Uint32Array;
  /** How often each way to write that a value is missing stands there; "" is an empty cell. */
  readonly tokens: ReadonlyMap<string, number>;
  readonly missing: number;
}

const NONE = { codes: new Int32Array(0), categories: [], counts: new Uint32Array(0) };
const markers: ReadonlySet<string> = new Set(MISSING);

/** `seen`: what a reader has already taken for missing, as it was written. */
export function valuesOf(name: string, column: Column, seen: ReadonlyMap<string, number> = new Map()): Values {
  if (column.type === "category") return named(name, column.categories, column.codes, seen);
  if (column.type === "text") return written(name, column.values, seen);
  if (column.type === "numeric" && column.shape.length === 0) {
    const { data, classes } = column;
    // Sources call the classes of whole numbers by these numbers.
    const counted = classes?.every((className, i) => className === String(i)) ?? true;
    if (classes !== undefined && !counted) return named(name, classes, Int32Array.from(data), seen);
    const numbers =
      data instanceof Int32Array ? Float64Array.from(data, (label) => (label < 0 ? Number.NaN : label)) : Float64Array.from(data);
    const missing = numbers.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
    return { name, numbers, ...NONE, tokens: withEmpty(seen, missing), missing };
  }
  const holds = column.type === "numeric" ? "several numbers a row" : columnKind[column.type];
  throw new PipelineError("data", name, `a profile is of numbers, categories and text, but the column holds ${holds}`);
}

function written(name: string, values: readonly string[], seen: ReadonlyMap<string, number>): Values {
  const places = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === "") return -1;
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
  return named(name, [...places.keys()], codes, seen);
}

function named(name: string, all: readonly string[], before: Int32Array, seen: ReadonlyMap<string, number>): Values {
  const categories: string[] = [];
  const places = Int32Array.from(all, (category) => (markers.has(category) ? -1 : categories.push(category) - 1));
  const tokens = new Map(seen);
  const written = all.map(() => 0);
  let missing = 0;
  const codes = before.map((code) => {
    const place = places[code] ?? -1;
    if (place >= 0) return place;
    missing++;
    if (code >= 0) written[code] = (written[code] as number) + 1;
    return -1;
  });
  all.forEach((category, code) => {
    const count = written[code] as number;
    if (count > 0) tokens.set(category, (tokens.get(category) ?? 0) + count);
  });
  const counts = new Uint32Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return { name, numbers: undefined, codes, categories, counts, tokens: withEmpty(tokens, missing), missing };
}

/** What is missing and was not written in any way is empty. */
function withEmpty(tokens: ReadonlyMap<string, number>, missing: number): ReadonlyMap<string, number> {
  const empty = missing - [...tokens.values()].reduce((sum, n) => sum + n, 0);
  return empty > 0 ? new Map([["", empty + (tokens.get("") ?? 0)], ...[...tokens].filter(([token]) => token !== "")]) : tokens;
}

/** As numbers, where names spell some. */
export function asNumbers({ codes, categories }: Values, parse: (text: string) => number): Float64Array {
  const numbers = Float64Array.from(categories, parse);
  return Float64Array.from(codes, (code) => numbers[code] ?? Number.NaN);
}

/** The rows at these places. */
export function someOf(values: Values, rows: Uint32Array): Values {
  const { numbers, codes } = values;
  return {
    ...values,
    numbers: numbers && Float64Array.from(rows, (row) => numbers[row] as number),
    codes: numbers ? codes : Int32Array.from(rows, (row) => codes[row] as number),
  };
}
