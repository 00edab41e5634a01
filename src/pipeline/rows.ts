// Rows that somebody wants predictions for: checked, given the type that training rows had, and cleaned as training rows were.
import { inputColumn, type NumericColumn, size, type Table } from "../data/table.ts";
import { PipelineError, show } from "../errors.ts";
import { cleanStages } from "../stages/index.ts";
import type { PipelineFile } from "./artifacts.ts";

/** Rows as numbers: nested lists (`null` or NaN is missing), or a typed array of whole rows. */
export type Rows = Uint8Array | Float32Array | readonly unknown[];

/** The rows as the model reads them, ready to be gathered. */
export function columnOf(rows: Rows, file: PipelineFile): NumericColumn {
  const { input } = file;
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
  return cleaned(file, { type: "numeric", shape: input.shape, data, ...(input.features && { features: input.features }) }, "predict");
}

const isInfinite = (value: number): boolean => !Number.isFinite(value) && !Number.isNaN(value);

function wholeRows(rows: Uint8Array, shape: readonly number[]): ArrayLike<number> & { forEach: Uint8Array["forEach"] } {
  const width = size(shape);
  if (rows.length === 0 || rows.length % width !== 0)
    throw new PipelineError("data", "predict", `rows of [${shape.join(", ")}] need a multiple of ${width} values, got ${rows.length}`);
  return rows;
}

function nestedRows(rows: readonly unknown[], shape: readonly number[]): number[] {
  if (rows.length === 0) throw new PipelineError("data", "predict", "there are no rows");
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

/** Applies the clean stages that work on each row by itself. Throws where a value is still missing. */
export function cleaned({ pipeline, fitted, input }: PipelineFile, column: NumericColumn, at: string): NumericColumn {
  const width = size(column.shape);
  const rows = column.data.length / width;
  let table: Table = {
    rows,
    columns: { [input.name]: column },
    inputs: [input.name],
    target: "",
    ids: Uint32Array.from({ length: rows }, (_, i) => i),
  };
  (pipeline.clean ?? []).forEach((stage, i) => {
    const kind = cleanStages[stage.kind];
    if (kind?.rowwise === true) table = kind.apply(stage, table, fitted.clean[i]).table;
  });
  const result = inputColumn(table);
  const missing = result.data.findIndex((value) => Number.isNaN(value));
  if (missing < 0) return result;
  const place = input.features?.[missing % width] ?? `value ${missing % width}`;
  throw new PipelineError("data", `${at} row ${Math.floor(missing / width)}`, `${place} is missing, and no stage of the pipeline fills it`);
}
