// One row of a column as JSON has it, whole: nothing is cut or rounded. What is missing is null; labels, categories and words are written out.
import { type Column, type NumericColumn, size } from "./table.ts";

export function cellValue(column: Column, row: number): unknown {
  if (column.type === "text") return column.values[row];
  if (column.type === "category") return column.categories[column.codes[row] as number] ?? null;
  if (column.type === "numeric") return numbersOf(column, row);
  const ids = column.ids.subarray(column.offsets[row], column.offsets[row + 1]);
  return Array.from(ids, (id) => (column.type === "tokens" ? column.words[id] : (column.vocabulary[id] ?? id)));
}

/** One number or label; for vectors with names an object, for others lists of lists by shape. */
function numbersOf({ data, shape, classes, features }: NumericColumn, row: number): unknown {
  const width = size(shape);
  const values = Array.from(data.subarray(row * width, (row + 1) * width), (value) => {
    if (classes !== undefined) return classes[value] ?? null;
    if (Number.isNaN(value)) return null;
    // JSON has no infinity.
    return Number.isFinite(value) ? value : String(value);
  });
  if (shape.length === 0) return values[0];
  if (features !== undefined) return Object.fromEntries(features.map((name, i) => [name, values[i]]));
  return nested(values, shape);
}

function nested(values: readonly unknown[], [_, ...inner]: readonly number[]): unknown {
  if (inner.length === 0) return values;
  const width = size(inner);
  return Array.from({ length: values.length / width }, (_, i) => nested(values.slice(i * width, (i + 1) * width), inner));
}
