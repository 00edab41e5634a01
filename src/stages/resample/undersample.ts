// Leaves out rows of frequent classes.
import { type Descriptor, describe, type Rules } from "../../check.ts";
import type { AugmentStage } from "../stage.ts";
import { ratioRule, smallest, some } from "./strata.ts";

export interface Undersample extends Descriptor {
  readonly kind: "undersample";
  readonly ratio?: number;
}

const rules: Rules = { ratio: ratioRule };

/**
 * In every epoch no class has more rows than the smallest, divided by `ratio` (above 0, up to 1, the default); which rows these are is drawn
 * anew for each epoch, so that none is lost for good. For targets of one class a row.
 */
export function undersample(settings: Omit<Undersample, "kind"> = {}): Undersample {
  return describe<Undersample>("undersample", settings, rules);
}

export const undersampleStage: AugmentStage<Undersample> = {
  kind: "undersample",
  rules,
  order({ ratio = 1 }, strata, source) {
    const most = Math.floor(smallest(strata) / ratio);
    return strata.map((rows) => (rows.length <= most ? rows : some(rows, most, source)));
  },
};
