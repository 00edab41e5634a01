// Stages that change numbers one by one, in the two kinds of tables. In one of many columns the numbers of a row are one vector, of which each
// column is a feature; they stay f64. Of one that is a single column, the batch kernel applies what is a line; a curve is applied here.
import type { Descriptor } from "../check.ts";
import { type Column, column, inputColumn, inputName, type NumericColumn, size, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { valueName } from "../stages/clean/rows.ts";
import { type Columns, chosenColumns } from "../stages/columns.ts";
import type { Affine, CurveStage, NumbersStage, Samples } from "../stages/stage.ts";
import type { Work } from "../stages/work.ts";

/** What such a stage learned, and of which columns. */
export interface NumberColumns {
  readonly columns: readonly string[];
  readonly fitted: unknown;
}

export function* fitColumns(kind: NumbersStage<Descriptor, unknown>, stage: Descriptor, train: Table): Work<NumberColumns> {
  const columns = chosen(stage, train);
  return { columns, fitted: columns.length === 0 ? null : yield* kind.fit(stage, samplesOf(stage, train, columns)) };
}

export function* changeColumns(
  kind: NumbersStage<Descriptor, unknown>,
  stage: Descriptor,
  table: Table,
  { columns, fitted }: NumberColumns,
): Work<Table> {
  if (columns.length === 0) return table;
  const lines = kind.changes === "scale" ? kind.affine(stage, fitted) : undefined;
  const made: Record<string, Column> = { ...table.columns };
  for (const [i, name] of columns.entries()) {
    const from = amounts(stage, table, name);
    const data = new Float64Array(table.rows);
    if (kind.changes === "curve") yield* bend(kind, stage, table, name, from, [kind.curve(stage, fitted, i)], identity, data);
    if (lines !== undefined) yield scale(from, lines, i, data);
    made[name] = { ...from, data };
  }
  return { ...table, columns: made };
}

/** The one column of a table, after the lines before the curve. */
export function* changeWhole(
  kind: CurveStage<Descriptor, unknown>,
  stage: Descriptor,
  table: Table,
  fitted: unknown,
  before: Affine,
): Work<Table> {
  const name = inputName(table);
  const from = inputColumn(table);
  const data = new Float32Array(from.data.length);
  const curves = Array.from({ length: size(from.shape) }, (_, i) => kind.curve(stage, fitted, i));
  yield* bend(kind, stage, table, name, from, curves, before, data);
  return { ...table, columns: { ...table.columns, [name]: { ...from, data } } };
}

export const identity: Affine = { scale: [1], shift: [0] };

function scale(from: NumericColumn, lines: Affine, i: number, into: Float64Array): number {
  const j = lines.scale.length === 1 ? 0 : i;
  const [factor, offset] = [lines.scale[j] as number, lines.shift[j] as number];
  for (let row = 0; row < into.length; row++) into[row] = (from.data[row] as number) * factor + offset;
  return into.length;
}

const SOME = 1 << 14;

function* bend(
  kind: CurveStage<Descriptor, unknown>,
  stage: Descriptor,
  table: Table,
  name: string,
  from: NumericColumn,
  curves: readonly ((value: number) => number)[],
  { scale, shift }: Affine,
  into: Float32Array | Float64Array,
): Work<void> {
  const width = curves.length;
  const same = scale.length === 1;
  for (let i = 0; i < into.length; i++) {
    if (i % SOME === 0) yield Math.floor(i / width);
    const place = i % width;
    const given = from.data[i] as number;
    const value = given * (scale[same ? 0 : place] as number) + (shift[same ? 0 : place] as number);
    const made = (curves[place] as (value: number) => number)(value);
    into[i] = made;
    if (kind.domain === undefined || !Number.isNaN(made) || Number.isNaN(value)) continue;
    const what = from.shape.length === 0 ? `column "${name}"` : valueName(name, from, place);
    const problem = `${what} is ${value}${value === given ? "" : " after the stages before"}; ${stage.kind} ${kind.domain}`;
    throw new PipelineError("data", `row ${table.ids[Math.floor(i / width)]}`, problem);
  }
}

/** The columns that the descriptor chooses, or all that hold one number a row. */
function chosen(stage: Descriptor, train: Table): readonly string[] {
  const { columns } = stage as Descriptor & { readonly columns?: Columns };
  const isAmount = (name: string): boolean => {
    const c = column(train, name);
    return c.type === "numeric" && c.shape.length === 0;
  };
  const at = `${stage.kind}.columns`;
  const names = chosenColumns(train, columns === "numeric" ? undefined : columns, train.inputs.filter(isAmount), at);
  if (!names.includes(train.target)) return names;
  const problem = `"${train.target}" is the target, and what is predicted would be in other units than the rows; leave it out`;
  throw new PipelineError("config", at, problem);
}

function amounts(stage: Descriptor, table: Table, name: string): NumericColumn {
  const found = column(table, name);
  if (found.type === "numeric" && found.shape.length === 0) return found;
  const holds = found.type === "numeric" ? `${found.data.length / table.rows} numbers a row` : "no numbers";
  throw new PipelineError("config", `${stage.kind}.columns`, `column "${name}" holds ${holds}; expected one number a row`);
}

function samplesOf(stage: Descriptor, train: Table, columns: readonly string[]): Samples {
  const data = columns.map((name) => amounts(stage, train, name).data);
  return {
    column: columns.length === 1 ? (columns[0] as string) : "the table",
    rows: train.rows,
    shape: [columns.length],
    read(row, into) {
      for (let i = 0; i < data.length; i++) into[i] = (data[i] as Float64Array)[row] as number;
    },
  };
}
