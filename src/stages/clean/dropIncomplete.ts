// Removes rows in which something is missing.
import { type Descriptor, describe, optional, type Rules } from "../../check.ts";
import { column } from "../../data/table.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { missingPlace, missingText } from "./missing.ts";
import { removeRows } from "./rows.ts";

export interface DropIncomplete extends Descriptor {
  readonly kind: "dropIncomplete";
  readonly columns?: Columns;
}

const rules: Rules = { columns: optional(columnsRule) };

/** Removes rows with a missing value in any of `columns` (default: the inputs and the target): NaN, no category,
 * text without a word in it, or no label. */
export function dropIncomplete(settings: Omit<DropIncomplete, "kind"> = {}): DropIncomplete {
  return describe<DropIncomplete>("dropIncomplete", settings, rules);
}

export const dropIncompleteStage: CleanStage<DropIncomplete> = {
  kind: "dropIncomplete",
  rules,
  rowwise: false,
  *apply(stage, table) {
    const names = chosenColumns(table, stage.columns, [...table.inputs, table.target], "dropIncomplete.columns");
    const columns = names.map((name) => [name, column(table, name)] as const);
    return yield* removeRows(table, (row) => {
      for (const [name, c] of columns) {
        const place = missingPlace(c, row);
        if (place >= 0) return missingText(name, c, place);
      }
      return undefined;
    });
  },
};
