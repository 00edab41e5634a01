// Spaces before and behind are nobody's meaning: " Oslo" and "Oslo" are one.
import { type Descriptor, describe, optional, type Rules } from "../../check.ts";
import { column, columnKind } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { changeColumns, isWritten, refuseTarget, rewrite } from "./changeColumns.ts";

export interface TrimText extends Descriptor {
  readonly kind: "trimText";
  readonly columns?: Columns;
}

const rules: Rules = { columns: optional(columnsRule) };

/**
 * Takes spaces and line ends off both ends of every text and category of the inputs, or of `columns`. Categories that become the same are
 * one, and what becomes empty is missing. `normalizeText` mends what is inside, too.
 */
export function trimText(settings: Omit<TrimText, "kind"> = {}): TrimText {
  return describe<TrimText>("trimText", settings, rules);
}

export const trimTextStage: CleanStage<TrimText> = {
  kind: "trimText",
  rules,
  rowwise: true,
  apply(stage, table) {
    const at = "trimText.columns";
    const written = table.inputs.filter((name) => isWritten(column(table, name)));
    const names = chosenColumns(table, stage.columns, written, at);
    refuseTarget(table, names, at, "fixLabels() changes labels");
    return changeColumns(table, names, (c, name) => {
      if (isWritten(c)) return rewrite(c, (text) => text.trim() || undefined);
      throw new PipelineError("config", at, `column "${name}" holds ${columnKind[c.type]}; expected text or categories`);
    });
  },
};
