// Values of a column as numbers from 0, equal where the values are.
import { type Column, columnKind } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";

export function codesOf(c: Column, rows: number, at: string): Uint32Array {
  if (c.type === "category") return Uint32Array.from(c.codes, (code) => code + 1);
  const values: ArrayLike<string | number> | undefined =
    c.type === "text" ? c.values : c.type === "numeric" && c.shape.length === 0 ? c.data : undefined;
  if (values === undefined) {
    const holds = c.type === "numeric" ? "several numbers a row" : columnKind[c.type];
    throw new PipelineError("config", at, `it holds ${holds}; expected one number, category or text in each row`);
  }
  const numbers = new Map<string | number, number>();
  return Uint32Array.from({ length: rows }, (_, row) => {
    const value = values[row] as string | number;
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  });
}
