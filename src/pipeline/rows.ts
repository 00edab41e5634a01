// Rows that somebody wants predictions for: checked, given the type that training rows had, and made into what the network reads by the
// stages that training rows went through.
import { type Column, columnKind, type NumericColumn, size, type Table } from "../data/table.ts";
import { PipelineError, show } from "../errors.ts";
import { missingPlace } from "../stages/clean/missing.ts";
import { cleanStages } from "../stages/index.ts";
import type { Work } from "../stages/work.ts";
import type { PipelineFile } from "./artifacts.ts";
import { normalizedColumn } from "./normalize.ts";
import type { NumericInput } from "./rawInput.ts";

/** Rows as numbers: nested lists (`null` or NaN is missing), or a typed array of whole rows. Rows of text: a list of strings. */
export type Rows = Uint8Array | Float32Array | readonly unknown[];

/** The rows as a source would give them. */
export function columnOf(rows: Rows, { input }: PipelineFile): Column {
  if (rows.length === 0) throw new PipelineError("data", "predict", "there are no rows");
  if (input.type !== "text") return numbers(rows, input);
  const values = [...(rows as readonly unknown[])];
  const bad = values.findIndex((value) => typeof value !== "string");
  if (bad >= 0) throw new PipelineError("data", `predict row ${bad}`, `expected text, got ${show(values[bad])}`);
  return { type: "text", values: values as string[] };
}

function numbers(rows: Rows, input: NumericInput): NumericColumn {
  const width = size(input.shape);
  const values = ArrayBuffer.isView(rows)
    ? wholeRows(rows as Uint8Array, input.shape)
    : nestedRows(rows as readonly unknown[], input.shape);
  const whole = input.type !== "f32";
  values.forEach((value, i) => {
    const fits = whole ? Number.isInteger(value) && (input.type === "i32" || (value >= 0 && value <= 255)) : !isInfinite(value);
    if (fits) return;
    const expected = input.type === "u8" ? "whole numbers from 0 to 255" : whole ? "whole numbers" : "numbers";
    throw new PipelineError("data", `predict row ${Math.floor(i / width)}`, `expected ${expected}, got ${value}`);
  });
  const data = input.type === "u8" ? Uint8Array.from(values) : input.type === "i32" ? Int32Array.from(values) : Float32Array.from(values);
  return { type: "numeric", shape: input.shape, data, ...(input.features && { features: input.features }) };
}

const isInfinite = (value: number): boolean => !Number.isFinite(value) && !Number.isNaN(value);

function wholeRows(rows: Uint8Array, shape: readonly number[]): ArrayLike<number> & { forEach: Uint8Array["forEach"] } {
  const width = size(shape);
  if (rows.length % width !== 0)
    throw new PipelineError("data", "predict", `rows of [${shape.join(", ")}] need a multiple of ${width} values, got ${rows.length}`);
  return rows;
}

function nestedRows(rows: readonly unknown[], shape: readonly number[]): number[] {
  const width = size(shape);
  return rows.flatMap((row, i) => {
    const values = [row].flat(Number.POSITIVE_INFINITY) as unknown[];
    if (values.length !== width)
      throw new PipelineError("data", `predict row ${i}`, `expected ${width} values [${shape.join(", ")}], got ${values.length}`);
    return values.map((value) => {
      if (value === null) return Number.NaN;
      if (typeof value !== "number") throw new PipelineError("data", `predict row ${i}`, `expected numbers, got ${show(value)}`);
      return value;
    });
  });
}

/** What the clean stages that work on each row by itself make of it. */
export function* cleaned({ pipeline, fitted, input }: PipelineFile, raw: Column, rows: number): Work<Column> {
  let table: Table = {
    rows,
    columns: { [input.name]: raw },
    inputs: [input.name],
    target: "",
    ids: Uint32Array.from({ length: rows }, (_, i) => i),
  };
  for (const [i, stage] of (pipeline.clean ?? []).entries()) {
    const kind = cleanStages[stage.kind];
    if (kind?.rowwise === true) table = (yield* kind.apply(stage, table, fitted.clean[i])).table;
  }
  return table.columns[input.name] as Column;
}

/** The first row in which something is missing after cleaning, and what; undefined when all are whole. */
export function firstMissing({ input }: PipelineFile, column: Column, rows: number): { row: number; what: string } | undefined {
  for (let row = 0; row < rows; row++) {
    const place = missingPlace(column, row);
    if (place < 0) continue;
    if (column.type !== "numeric") return { row, what: "no words are left of the text after clean" };
    const name = (input.type === "text" ? undefined : input.features?.[place]) ?? `value ${place}`;
    return { row, what: `${name} is missing, and no stage of the pipeline fills it` };
  }
  return undefined;
}

/** Clean rows as the network reads them. */
export function readable({ pipeline, fitted }: PipelineFile, column: Column): NumericColumn {
  const made = normalizedColumn(pipeline.normalize ?? [], fitted.normalize, column);
  if (made.type === "numeric") return made;
  throw new PipelineError("data", "pipeline.json", `its stages leave ${columnKind[made.type]}, not numbers; the file was changed`);
}
