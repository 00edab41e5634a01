// Repeats rows of rare classes.
import { type Descriptor, describe, type Rules } from "../../check.ts";
import type { AugmentStage } from "../stage.ts";
import { largest, ratioRule, some } from "./strata.ts";

export interface Oversample extends Descriptor {
  readonly kind: "oversample";
  readonly ratio?: number;
}

const rules: Rules = { ratio: ratioRule };

/**
 * In every epoch each class has at least `ratio` (above 0, up to 1, the default) times the rows of the largest: all of its rows equally
 * often, and in each epoch others of them once more. For targets of one class a row.
 */
export function oversample(settings: Omit<Oversample, "kind"> = {}): Oversample {
  return describe<Oversample>("oversample", settings, rules);
}

export const oversampleStage: AugmentStage<Oversample> = {
  kind: "oversample",
  rules,
  order({ ratio = 1 }, strata, source) {
    const least = Math.floor(ratio * largest(strata));
    return strata.flatMap((rows) => {
      if (rows.length === 0 || rows.length >= least) return [rows];
      const whole = Math.floor(least / rows.length);
      return [...new Array<Uint32Array>(whole).fill(rows), some(rows, least % rows.length, source)];
    });
  },
};
