// Leaves columns out.
import { type Descriptor, describe, type Rules } from "../../check.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { withoutColumns } from "./withoutColumns.ts";

export interface DropColumns extends Descriptor {
  readonly kind: "dropColumns";
  readonly columns: Columns;
}

const rules: Rules = { columns: columnsRule };

/**
 * Leaves `columns` out: names, a type, or `{ match: "^id" }`. A row that is predicted may have them or not. Later stages do not know them, so
 * put `dropDuplicates` before or after as they count or not.
 */
export function dropColumns(columns: Columns): DropColumns {
  return describe<DropColumns>("dropColumns", { columns }, rules);
}

export const dropColumnsStage: CleanStage<DropColumns> = {
  kind: "dropColumns",
  rules,
  rowwise: true,
  apply: ({ columns }, table) => withoutColumns(table, chosenColumns(table, columns, [], "dropColumns.columns"), "dropColumns"),
};
