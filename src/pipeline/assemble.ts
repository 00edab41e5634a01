// The end of normalize for tables of many columns: their numbers side by side become the one f32 column that the model reads, and every
// feature keeps a name.
import { column, columnKind, type NumericColumn, nextStage, size, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import type { Work } from "../stages/work.ts";

const NAME = "features";
/** So many rows at a time, that what is written stays in the cache while column after column goes into it. */
const BLOCK = 512;

/** The table with one input column. Throws for a column that does not hold numbers, and for a number that is none in f32. */
export function* assembled(table: Table): Work<Table> {
  const parts = table.inputs.map((name) => ({ name, ...numbersOf(table, name) }));
  const features = parts.flatMap(({ name, column }) => namesOf(name, column));
  const width = features.length;
  if (width === 0) throw new PipelineError("data", "normalize", "no column is left for the model to read");
  const data = new Float32Array(table.rows * width);
  for (let start = 0; start < table.rows; start += BLOCK) {
    yield start;
    const end = Math.min(table.rows, start + BLOCK);
    let from = 0;
    for (const { name, column, width: wide } of parts) {
      const bad = place(column.data, wide, data, from, width, start, end);
      if (bad >= 0) refuse(table, name, column, bad, wide);
      from += wide;
    }
  }
  const name = table.target === NAME ? `${NAME} of the model` : NAME;
  const columns = { [name]: { type: "numeric", shape: [width], data, features } as const, [table.target]: column(table, table.target) };
  return { ...table, columns, inputs: [name] };
}

function numbersOf(table: Table, name: string): { readonly column: NumericColumn; readonly width: number } {
  const found = column(table, name);
  if (found.type === "category")
    throw new PipelineError("config", "normalize", `column "${name}" holds text; encode it with oneHot() or ordinal(), or leave it out`);
  if (found.type !== "numeric")
    throw new PipelineError(
      "config",
      "normalize",
      `column "${name}" holds ${columnKind[found.type]}; ${nextStage[found.type]}, or leave it out`,
    );
  if (found.vocabulary === undefined) return { column: found, width: size(found.shape) };
  throw new PipelineError(
    "config",
    "normalize",
    `column "${name}" holds word numbers, which are names rather than amounts; beside other columns use bagOfWords() or tfidf()`,
  );
}

function namesOf(name: string, { shape, features }: NumericColumn): readonly string[] {
  if (features !== undefined) return features;
  return shape.length === 0 ? [name] : Array.from({ length: size(shape) }, (_, i) => `${name}[${i}]`);
}

/** Rows [start, end) of a column, into the columns from `from` on. Returns the first row with a number that is not finite, or -1. */
function place(
  values: NumericColumn["data"],
  wide: number,
  into: Float32Array,
  from: number,
  width: number,
  start: number,
  end: number,
): number {
  if (values instanceof Uint8Array) {
    placeBytes(values, wide, into, from, width, start, end);
    return -1;
  }
  for (let row = start; row < end; row++) {
    const to = row * width + from;
    for (let i = 0; i < wide; i++) {
      const value = Math.fround(values[row * wide + i] as number);
      into[to + i] = value;
      if (value - value !== 0) return row;
    }
  }
  return -1;
}

/** Apart from the loop above, which would be several times slower if it met bytes too. Most of them are the zeros of `oneHot`. */
function placeBytes(values: Uint8Array, wide: number, into: Float32Array, from: number, width: number, start: number, end: number): void {
  for (let row = start; row < end; row++) {
    const to = row * width + from;
    for (let i = 0; i < wide; i++) {
      const value = values[row * wide + i] as number;
      if (value !== 0) into[to + i] = value;
    }
  }
}

function refuse(table: Table, name: string, { data }: NumericColumn, row: number, wide: number): never {
  const value = data.subarray(row * wide, (row + 1) * wide).find((v) => !Number.isFinite(Math.fround(v)));
  const problem = Number.isFinite(value) ? `${value}, more than an f32 holds; scale it` : `${value} after normalize`;
  throw new PipelineError("data", `row ${table.ids[row]}`, `column "${name}" is ${problem}`);
}
