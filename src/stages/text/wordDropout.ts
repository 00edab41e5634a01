// Hides words, so that a model does not come to lean on a few.
import { type Descriptor, describe, number, type Rules } from "../../check.ts";
import type { AugmentStage } from "../stage.ts";
import { UNKNOWN } from "./vocabulary.ts";

export interface WordDropout extends Descriptor {
  readonly kind: "wordDropout";
  readonly rate: number;
}

const rules: Rules = { rate: number({ min: 0, max: 1 }) };

/** Replaces each word of a training row by the unknown word with probability `rate`. Needs encode() and pad() in normalize. */
export function wordDropout(settings: Omit<WordDropout, "kind">): WordDropout {
  return describe<WordDropout>("wordDropout", settings, rules);
}

export const wordDropoutStage: AugmentStage<WordDropout> = {
  kind: "wordDropout",
  rules,
  words:
    ({ rate }) =>
    (row, draw) => {
      for (let i = 0; i < row.length; i++) if (draw() < rate) row[i] = UNKNOWN;
    },
};
