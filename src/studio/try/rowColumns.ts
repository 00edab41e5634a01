// What is to be filled in of a row, and the row that comes of it.
import type { ModelFacts } from "../lab/orders.ts";

export interface RowColumn {
  readonly name: string;
  readonly type: "numeric" | "category" | "text";
  /** Those that training rows had; undefined where nobody knows. */
  readonly categories?: readonly string[];
  /** What stands there at first: the example's, or nothing, which is missing. */
  readonly start: string;
}

export function columnsOf({ input, categories, example }: ModelFacts): RowColumn[] {
  const given = typeof example === "object" ? example : {};
  const start = (name: string): string => {
    const value = given[name];
    return value === undefined || value === "missing" ? "" : String(value);
  };
  if (input.type === "table")
    return input.columns.map(({ name, type }) => {
      const known = categories[name];
      return { name, type, start: start(name), ...(type === "category" && known !== undefined && { categories: known }) };
    });
  if (input.type === "text") return [];
  const width = input.shape.reduce((product, n) => product * n, 1);
  return Array.from({ length: width }, (_, i) => {
    const name = input.features?.[i] ?? String(i);
    return { name, type: "numeric" as const, start: start(name) || "0" };
  });
}

/** As `predict` takes it. What is empty is missing. */
export function rowOf(facts: ModelFacts, texts: Readonly<Record<string, string>>): unknown {
  const values = columnsOf(facts).map(({ name, type }) => {
    const text = texts[name] ?? "";
    return [name, text === "" ? null : type === "numeric" ? Number(text) : text] as const;
  });
  if (facts.input.type === "table") return Object.fromEntries(values);
  if (facts.input.type === "text") return "";
  return nested(
    values.map(([, value]) => value),
    facts.input.shape,
  );
}

function nested(values: readonly unknown[], shape: readonly number[]): unknown {
  const [, ...inner] = shape;
  if (shape.length === 0) return values[0];
  if (inner.length === 0) return values;
  const width = inner.reduce((product, n) => product * n, 1);
  return Array.from({ length: values.length / width }, (_, i) => nested(values.slice(i * width, (i + 1) * width), inner));
}
