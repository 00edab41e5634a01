// Rows that somebody wants predictions for: checked, given the type that training rows had, and made into what the network reads by the
// stages that training rows went through.
import { type Column, column, columnKind, inputName, type NumericColumn, size, type Table } from "../data/table.ts";
import { PipelineError, show } from "../errors.ts";
import { missingPlace } from "../stages/clean/missing.ts";
import { cleanStages } from "../stages/index.ts";
import type { CleanResult } from "../stages/stage.ts";
import type { Work } from "../stages/work.ts";
import { type PipelineFile, readsOf } from "./artifacts.ts";
import { normalizedTable } from "./normalize.ts";
import type { NumericInput, TextInput } from "./rawInput.ts";
import { tableColumns } from "./tableRows.ts";

/**
 * Rows as numbers: nested lists (`null` or NaN is missing), or a typed array of whole rows. Rows of text: a list of strings. Rows of many
 * columns: objects by the columns' names, or lists in their order.
 */
export type Rows = Uint8Array | Float32Array | readonly unknown[];

/** The rows as a source would give them, but for the target, which is missing in all of them. */
export function tableOf(rows: Rows, { input, target }: PipelineFile): Table {
  if (!Array.isArray(rows) && !ArrayBuffer.isView(rows))
    throw new PipelineError("data", "predict", `expected a list of rows, got ${show(rows)}; of one row, give [row]`);
  if (rows.length === 0) throw new PipelineError("data", "predict", "there are no rows");
  if (input.type !== "table") return around(input.name, columnOf(rows, input));
  const columns = tableColumns(rows as readonly unknown[], input);
  const [name = ""] = input.others;
  const labels = target.kind === "labels";
  const data = labels ? new Int32Array(rows.length).fill(-1) : new Float32Array(rows.length).fill(Number.NaN);
  const missing = { type: "numeric", shape: [], data, ...(target.names && { classes: target.names }) } as const;
  return { ...counted(rows.length), columns: { ...columns, [name]: missing }, inputs: Object.keys(columns), target: name };
}

const counted = (rows: number): Pick<Table, "rows" | "ids"> => ({ rows, ids: Uint32Array.from({ length: rows }, (_, i) => i) });

/** A table of this column alone. */
export function around(name: string, column: Column): Table {
  return { ...counted(rowCount(column)), columns: { [name]: column }, inputs: [name], target: "" };
}

function rowCount(column: Column): number {
  if (column.type === "text") return column.values.length;
  if (column.type === "category") return column.codes.length;
  return column.type === "numeric" ? column.data.length / size(column.shape) : column.offsets.length - 1;
}

function columnOf(rows: Rows, input: NumericInput | TextInput): Column {
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
export function* cleaned({ pipeline, fitted }: PipelineFile, table: Table): Work<Table> {
  for (const [i, stage] of (pipeline.clean ?? []).entries()) {
    const kind = cleanStages[stage.kind];
    // Stages that wait for something are not among these.
    if (kind?.rowwise === true) table = (yield* kind.apply(stage, table, fitted.clean[i]) as Work<CleanResult>).table;
  }
  return table;
}

/** The first row in which something is missing after cleaning, and what; undefined when all are whole. */
export function firstMissing(table: Table): { row: number; what: string } | undefined {
  let first: { row: number; what: string } | undefined;
  for (const name of table.inputs) {
    const found = column(table, name);
    for (let row = 0; row < (first?.row ?? table.rows); row++) {
      const place = missingPlace(found, row);
      if (place < 0) continue;
      const alone = found.type === "numeric" && found.shape.length > 0;
      const value = alone ? (found.features?.[place] ?? `value ${place}`) : name;
      const words = found.type === "text" || found.type === "tokens" || found.type === "sequences";
      const what = words ? "no words are left of the text after clean" : `${value} is missing, and no stage of the pipeline fills it`;
      first = { row, what };
    }
  }
  return first;
}

/** Clean rows as the network reads them. */
export function* readable(file: PipelineFile, table: Table): Work<NumericColumn> {
  const { pipeline, fitted } = file;
  const made = yield* normalizedTable(pipeline.normalize ?? [], fitted.normalize, table);
  const found = column(made, inputName(made));
  const changed = (leave: string, rather: string): PipelineError =>
    new PipelineError("data", "pipeline.json", `its stages leave ${leave}, not ${rather}; the file was changed`);
  if (found.type !== "numeric") throw changed(columnKind[found.type], "numbers");
  const { shape } = readsOf(file);
  if (String(found.shape) !== String(shape)) throw changed(`rows of [${found.shape.join(", ")}]`, `[${shape.join(", ")}]`);
  return found;
}
