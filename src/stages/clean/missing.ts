// What counts as missing: NaN among numbers, no category, text of nothing but spaces, no words, a class of -1.
import { type Column, isFloat, size } from "../../data/table.ts";
import { valueName } from "./rows.ts";

/** The first missing place of a row, or -1. */
export function missingPlace(column: Column, row: number): number {
  if (column.type === "text") return /\S/.test(column.values[row] as string) ? -1 : 0;
  if (column.type === "category") return (column.codes[row] as number) < 0 ? 0 : -1;
  if (column.type !== "numeric") return column.offsets[row] === column.offsets[row + 1] ? 0 : -1;
  const width = size(column.shape);
  if (isFloat(column)) {
    for (let i = 0; i < width; i++) if (Number.isNaN(column.data[row * width + i])) return i;
    return -1;
  }
  return column.data instanceof Int32Array && column.shape.length === 0 && (column.data[row] as number) < 0 ? 0 : -1;
}

/** How many values of a row are missing; a column that does not hold numbers has one. */
export function missingCount(column: Column, row: number): number {
  if (column.type !== "numeric" || !isFloat(column)) return missingPlace(column, row) < 0 ? 0 : 1;
  const width = size(column.shape);
  let count = 0;
  for (let i = row * width; i < (row + 1) * width; i++) if (Number.isNaN(column.data[i])) count++;
  return count;
}

/** How many of the rows miss something, and the first that does. */
export function missingRows(column: Column, rows: number): { readonly count: number; readonly first: number } {
  let count = 0;
  let first = -1;
  const found = (row: number): void => {
    if (count === 0) first = row;
    count++;
  };
  // Whole columns of single values are looked through in loops of their own: a million rows of many columns come by here.
  if (column.type === "category") {
    for (let row = 0; row < rows; row++) if ((column.codes[row] as number) < 0) found(row);
  } else if (column.type === "numeric" && column.data instanceof Float64Array && column.shape.length === 0) {
    const { data } = column;
    for (let row = 0; row < rows; row++) if (Number.isNaN(data[row])) found(row);
  } else for (let row = 0; row < rows; row++) if (missingPlace(column, row) >= 0) found(row);
  return { count, first };
}

/** `x "height" is missing`, `text is empty` or, where words are what is missing, `text has no words`. */
export function missingText(name: string, column: Column, place: number): string {
  if (column.type === "numeric") return `${valueName(name, column, place)} is missing`;
  if (column.type === "category") return `${name} is missing`;
  return `${name} ${column.type === "text" ? "is empty" : "has no words"}`;
}
