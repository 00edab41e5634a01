// Small tables for stage tests.
import type { Column, NumericColumn, Table } from "../../src/data/table.ts";
import type { Samples } from "../../src/stages/stage.ts";

/** Rows with inputs of these columns and, by default, the label 0; ids count from 100. */
export function tableOf(columns: Readonly<Record<string, Column>>, rows: number, more: Partial<Table> = {}): Table {
  const label: NumericColumn = { type: "numeric", shape: [], data: new Int32Array(rows), classes: ["a"] };
  return {
    rows,
    columns: { label, ...columns },
    inputs: Object.keys(columns).filter((name) => name !== "label"),
    target: "label",
    ids: Uint32Array.from({ length: rows }, (_, i) => 100 + i),
    ...more,
  };
}

/** A column of vectors. */
export function vectors(rows: readonly (readonly number[])[], width: number = rows[0]?.length ?? 1): NumericColumn {
  return { type: "numeric", shape: [width], data: Float32Array.from(rows.flat()) };
}

/** A column of classes 0, 1, …. */
export function classes(labels: readonly number[], names = ["a", "b", "c"]): NumericColumn {
  return { type: "numeric", shape: [], data: Int32Array.from(labels), classes: names };
}

export function samples(rows: readonly (readonly number[])[], shape: readonly number[] = [rows[0]?.length ?? 1]): Samples {
  return { column: "x", rows: rows.length, shape, read: (row, into) => into.set(rows[row] as readonly number[]) };
}

/** Everything that a stage could have changed, as plain data. */
export const snapshot = (table: Table): unknown =>
  JSON.parse(JSON.stringify(table, (_, value: unknown) => (ArrayBuffer.isView(value) ? [...(value as Float32Array)].map(String) : value)));
