// A column of categories becomes one number a category: 1 for the row's own, 0 for all others. As scikit-learn's OneHotEncoder.
import { type Descriptor, describe, oneOf, optional, type Rules } from "../../check.ts";
import { placesIn } from "../../data/categories.ts";
import type { CategoryColumn, NumericColumn, Table } from "../../data/table.ts";
import { type Columns, chosenOfType, columnsRule } from "../columns.ts";
import type { TableStage } from "../stage.ts";
import type { Work } from "../work.ts";
import { type CategoriesFit, checkCategories, fittedColumn, heldByColumn, learnedNote, refuseUnknown } from "./categoriesFit.ts";

export interface OneHot extends Descriptor {
  readonly kind: "oneHot";
  readonly columns?: Columns;
  readonly unknown?: "zeros" | "error";
  readonly drop?: "first" | "ifBinary";
}

const rules: Rules = {
  columns: optional(columnsRule),
  unknown: optional(oneOf("zeros", "error")),
  drop: optional(oneOf("first", "ifBinary")),
};

/**
 * Replaces each column of categories (default: all; or `columns`) by one number for each category that training rows have, in sorted order:
 * 1 for the row's own and 0 otherwise, in bytes. The features are called `column=category`. A category that training rows do not have
 * is all zeros with `unknown: "zeros"` (default), or an error. `drop: "first"` leaves out the first category of each column, `"ifBinary"`
 * that of columns with two.
 */
export function oneHot(settings: Omit<OneHot, "kind"> = {}): OneHot {
  return describe<OneHot>("oneHot", settings, rules);
}

export const oneHotStage: TableStage<OneHot, CategoriesFit> = {
  kind: "oneHot",
  rules,
  changes: "table",
  *fit(stage, train) {
    const chosen = chosenOfType(train, stage.columns, "category", "oneHot.columns");
    return yield* heldByColumn(chosen, train);
  },
  *apply(stage, table, fitted) {
    const columns = { ...table.columns };
    for (const [name, categories] of Object.entries(fitted)) {
      const column = fittedColumn(table, name, "oneHot");
      if (stage.unknown === "error") refuseUnknown(table, name, column, categories, 'oneHot({ unknown: "zeros" }) makes such rows zeros');
      columns[name] = yield* encoded(name, column, categories, droppedCount(stage, categories));
    }
    return { ...table, columns } satisfies Table;
  },
  check: checkCategories,
  note: learnedNote,
};

const droppedCount = ({ drop }: OneHot, { length }: readonly string[]): number =>
  drop === "first" || (drop === "ifBinary" && length === 2) ? 1 : 0;

const SOME = 1 << 14;

function* encoded(name: string, column: CategoryColumn, categories: readonly string[], dropped: number): Work<NumericColumn> {
  const kept = categories.slice(dropped);
  const width = kept.length;
  const places = placesIn(kept, column);
  const { codes } = column;
  const data = new Uint8Array(codes.length * width);
  for (let row = 0; row < codes.length; row++) {
    if (row % SOME === 0) yield row;
    const place = places[codes[row] as number] ?? -1;
    if (place >= 0) data[row * width + place] = 1;
  }
  return { type: "numeric", shape: [width], data, features: kept.map((category) => `${name}=${category}`) };
}
