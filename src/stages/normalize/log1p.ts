// y = ln(1 + x), for amounts of which a few are very large. As NumPy's log1p.
import { type Descriptor, describe, optional, type Rules } from "../../check.ts";
import { log1p as ln1p } from "../../math.ts";
import { type Columns, columnsRule } from "../columns.ts";
import type { CurveStage } from "../stage.ts";

export interface Log1p extends Descriptor {
  readonly kind: "log1p";
  readonly columns?: Columns;
}

const rules: Rules = { columns: optional(columnsRule) };

/**
 * Puts the natural logarithm of 1 + x in the place of each number x of the inputs; in a table of many columns, of those that `columns` chooses
 * (default: all but the 0 and 1 of `oneHot`). Nothing is learned. Throws for a number of -1 or less, in whatever row it stands.
 */
export function log1p(settings: Omit<Log1p, "kind"> = {}): Log1p {
  return describe<Log1p>("log1p", settings, rules);
}

export const log1pStage: CurveStage<Log1p, null> = {
  kind: "log1p",
  rules,
  changes: "curve",
  *fit() {
    return null;
  },
  curve: () => (x) => (x > -1 ? ln1p(x) : Number.NaN),
  domain: "takes numbers above -1; remove such rows with requireRange({ min: 0, columns: […] }) in clean, or choose other columns",
};
