// A column of categories becomes the place of each in sorted order, from 0. As scikit-learn's OrdinalEncoder.
import { type Descriptor, describe, either, number, oneOf, optional, type Rule, type Rules, rule } from "../../check.ts";
import { placesIn } from "../../data/categories.ts";
import type { CategoryColumn, NumericColumn, Table } from "../../data/table.ts";
import { PipelineError, show } from "../../errors.ts";
import { type Columns, chosenOfType, columnsRule } from "../columns.ts";
import type { TableStage } from "../stage.ts";
import type { Work } from "../work.ts";
import { type CategoriesFit, checkCategories, fittedColumn, heldByColumn, learnedNote, refuseUnknown } from "./categoriesFit.ts";

export interface Ordinal extends Descriptor {
  readonly kind: "ordinal";
  readonly columns?: Columns;
  readonly order?: Readonly<Record<string, readonly string[]>>;
  readonly unknown?: "error" | number;
}

const orders: Rule = rule({ type: "record", of: { type: "list", of: { type: "string" } } }, (value, at) => {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new PipelineError("config", at, `expected lists by column such as { size: ["small", "large"] }, got ${show(value)}`);
  for (const [name, order] of Object.entries(value)) {
    const distinct =
      Array.isArray(order) && order.length > 0 && order.every((o) => typeof o === "string") && new Set(order).size === order.length;
    if (!distinct) throw new PipelineError("config", `${at}.${name}`, `expected the categories in order, each once, got ${show(order)}`);
  }
});

const rules: Rules = { columns: optional(columnsRule), order: optional(orders), unknown: optional(either(oneOf("error"), number())) };

/**
 * Replaces each column of categories (default: all; or `columns`) by one number: the category's place among those that training rows have,
 * sorted, or in `order`'s list for the column. The feature keeps the column's name. A category that is not among them is the number
 * `unknown` (default -1), or an error with `unknown: "error"`.
 */
export function ordinal(settings: Omit<Ordinal, "kind"> = {}): Ordinal {
  return describe<Ordinal>("ordinal", settings, rules);
}

export const ordinalStage: TableStage<Ordinal, CategoriesFit> = {
  kind: "ordinal",
  rules,
  changes: "table",
  *fit(stage, train) {
    const chosen = chosenOfType(train, stage.columns, "category", "ordinal.columns");
    const { order = {} } = stage;
    const stray = Object.keys(order).find((name) => !chosen.some(([column]) => column === name));
    if (stray !== undefined)
      throw new PipelineError(
        "config",
        "ordinal.order",
        `"${stray}" is not a column that it encodes: ${chosen.map(([name]) => name).join(", ")}`,
      );
    return { ...(yield* heldByColumn(chosen, train)), ...order };
  },
  *apply(stage, table, fitted) {
    const columns = { ...table.columns };
    for (const [name, categories] of Object.entries(fitted)) {
      const column = fittedColumn(table, name, "ordinal");
      const { unknown = -1 } = stage;
      if (unknown === "error") refuseUnknown(table, name, column, categories, "ordinal({ unknown: -1 }) makes such a category -1");
      columns[name] = yield* encoded(column, categories, unknown === "error" ? Number.NaN : unknown);
    }
    return { ...table, columns } satisfies Table;
  },
  check: checkCategories,
  note: learnedNote,
};

const SOME = 1 << 14;

function* encoded(column: CategoryColumn, categories: readonly string[], unknown: number): Work<NumericColumn> {
  const places = placesIn(categories, column);
  const { codes } = column;
  const data = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    if (row % SOME === 0) yield row;
    const place = places[codes[row] as number] ?? -1;
    data[row] = place < 0 ? unknown : place;
  }
  return { type: "numeric", shape: [], data };
}
