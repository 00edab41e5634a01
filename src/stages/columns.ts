// Which columns of a table a stage works on. A descriptor is JSON, so the choice is data: names, a type, or a pattern.
import { formOfEither, list, oneOf, type Rule, rule, string } from "../check.ts";
import { type Column, column, columnKind, type Table } from "../data/table.ts";
import { PipelineError, show } from "../errors.ts";

/** Names; all inputs that hold numbers, categories or text; or the inputs whose name matches a regular expression, as in { match: "^cap" }. */
export type Columns = readonly string[] | "numeric" | "category" | "text" | { readonly match: string };

const pattern: Rule = rule({ type: "settings", rules: { match: string } }, (value, at) => {
  const { match, ...rest } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof match !== "string" || match === "" || Object.keys(rest).length > 0) {
    throw new PipelineError(
      "config",
      at,
      `expected names such as ["age"], "numeric", "category", "text" or { match: "^age" }, got ${show(value)}`,
    );
  }
  try {
    new RegExp(match, "u");
  } catch (error) {
    throw new PipelineError("config", `${at}.match`, (error as Error).message, error);
  }
});

const names = list(1, string);
const type = oneOf("numeric", "category", "text");

export const columnsRule: Rule = rule(formOfEither(names, type, pattern), (value, at) =>
  (Array.isArray(value) ? names : typeof value === "string" ? type : pattern)(value, at),
);

/**
 * The names of the columns that are chosen, or `otherwise`. Types and patterns choose among the inputs, names among all columns. Throws for
 * a name that the table does not have, and where nothing matches a pattern.
 */
export function chosenColumns(table: Table, columns: Columns | undefined, otherwise: readonly string[], at: string): readonly string[] {
  if (columns === undefined) return otherwise;
  if (typeof columns === "string") return table.inputs.filter((name) => column(table, name).type === columns);
  const all = Object.keys(table.columns);
  if (!("match" in columns)) {
    const missing = columns.find((name) => !all.includes(name));
    if (missing === undefined) return columns;
    throw new PipelineError("config", at, `there is no column "${missing}"; the columns are ${all.join(", ")}`);
  }
  const expression = new RegExp(columns.match, "u");
  const matching = table.inputs.filter((name) => expression.test(name));
  if (matching.length > 0) return matching;
  throw new PipelineError("config", at, `no input matches /${columns.match}/; the inputs are ${table.inputs.join(", ")}`);
}

/** As `chosenColumns`, by default all inputs of one type. Throws where a column that was named is of another. */
export function chosenOfType<T extends Column["type"]>(
  table: Table,
  columns: Columns | undefined,
  type: T,
  at: string,
): (readonly [name: string, column: Extract<Column, { type: T }>])[] {
  const inputs = table.inputs.filter((name) => column(table, name).type === type);
  const names = chosenColumns(table, columns, inputs, at);
  return names.map((name) => {
    const found = column(table, name);
    if (found.type === type) return [name, found as Extract<Column, { type: T }>];
    throw new PipelineError("config", at, `column "${name}" holds ${columnKind[found.type]}; expected ${columnKind[type]}`);
  });
}
