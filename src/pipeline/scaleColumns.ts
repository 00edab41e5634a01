// Stages that scale, on a table of many columns: the numbers of a row are one vector, of which each column is a feature. They stay f64.
import type { Descriptor } from "../check.ts";
import { type Column, column, type NumericColumn, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { type Columns, chosenColumns } from "../stages/columns.ts";
import type { AffineStage, Samples } from "../stages/stage.ts";

/** What such a stage learned, and of which columns. */
export interface ScaledColumns {
  readonly columns: readonly string[];
  readonly fitted: unknown;
}

export function fitColumns(kind: AffineStage<Descriptor, unknown>, stage: Descriptor, train: Table): ScaledColumns {
  const columns = scaled(stage, train);
  return { columns, fitted: columns.length === 0 ? null : kind.fit(stage, samplesOf(stage, train, columns)) };
}

export function scaleColumns(
  kind: AffineStage<Descriptor, unknown>,
  stage: Descriptor,
  table: Table,
  { columns, fitted }: ScaledColumns,
): Table {
  if (columns.length === 0) return table;
  const { scale, shift } = kind.affine(stage, fitted);
  const made: Record<string, Column> = { ...table.columns };
  columns.forEach((name, i) => {
    const from = amounts(stage, table, name);
    const j = scale.length === 1 ? 0 : i;
    const [factor, offset] = [scale[j] as number, shift[j] as number];
    const data = new Float64Array(table.rows);
    for (let row = 0; row < data.length; row++) data[row] = (from.data[row] as number) * factor + offset;
    made[name] = { ...from, data };
  });
  return { ...table, columns: made };
}

/** The columns that the descriptor chooses, or all that hold one number a row. */
function scaled(stage: Descriptor, train: Table): readonly string[] {
  const { columns } = stage as Descriptor & { readonly columns?: Columns };
  const isAmount = (name: string): boolean => {
    const c = column(train, name);
    return c.type === "numeric" && c.shape.length === 0;
  };
  return chosenColumns(train, columns === "numeric" ? undefined : columns, train.inputs.filter(isAmount), `${stage.kind}.columns`);
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
