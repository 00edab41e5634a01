// dropMissing without a threshold, by the name that says what the rows are.
import { type Descriptor, describe, optional, type Rules } from "../../check.ts";
import { type Columns, columnsRule } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { withoutMissing } from "./dropMissing.ts";

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

export const dropIncompleteStage: CleanStage<DropIncomplete> = { kind: "dropIncomplete", rules, rowwise: false, apply: withoutMissing };
