// Says what shape a row must have, and lets the source's misfits go.
import { type Descriptor, describe, listOf, optional, positiveInteger, type Rules, string } from "../../check.ts";
import { numericColumn } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import type { CleanStage } from "../stage.ts";

export interface RequireShape extends Descriptor {
  readonly kind: "requireShape";
  readonly shape: readonly number[];
  readonly column?: string;
}

const rules: Rules = { shape: listOf(positiveInteger), column: optional(string) };

/**
 * Rows of the source that have another shape than the first are removed and reported; without this stage they are an error. Throws
 * when the rows that fit together are not of `shape` themselves. `column` defaults to the first input.
 */
export function requireShape(shape: readonly number[], settings: { readonly column?: string } = {}): RequireShape {
  return describe<RequireShape>("requireShape", { ...settings, shape }, rules);
}

export const requireShapeStage: CleanStage<RequireShape> = {
  kind: "requireShape",
  rules,
  rowwise: false,
  *apply(stage, table) {
    const name = stage.column ?? (table.inputs[0] as string);
    const { shape } = numericColumn(table, name);
    if (shape.join() !== stage.shape.join()) {
      throw new PipelineError(
        "data",
        "requireShape",
        `expected rows of "${name}" to be [${stage.shape.join(", ")}], got [${shape.join(", ")}]`,
      );
    }
    const { misfits = [], ...rest } = table;
    return { table: rest, removed: misfits, changed: 0 };
  },
};
