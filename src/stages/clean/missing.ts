// What counts as missing: NaN among numbers, empty text, a class of -1.
import type { Column } from "../../data/table.ts";
import { size } from "../../data/table.ts";

/** The first missing place of a row, or -1. */
export function missingPlace(column: Column, row: number): number {
  if (column.type === "text") return column.values[row] === "" ? 0 : -1;
  const width = size(column.shape);
  if (column.data instanceof Float32Array) {
    for (let i = 0; i < width; i++) if (Number.isNaN(column.data[row * width + i])) return i;
    return -1;
  }
  return column.data instanceof Int32Array && column.shape.length === 0 && (column.data[row] as number) < 0 ? 0 : -1;
}
