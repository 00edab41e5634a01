// Exchanges neighbours: the same words in a slightly other order.
import { type Descriptor, describe, number, type Rules } from "../../check.ts";
import type { AugmentStage } from "../stage.ts";

export interface WordSwap extends Descriptor {
  readonly kind: "wordSwap";
  readonly rate: number;
}

const rules: Rules = { rate: number({ min: 0, max: 1 }) };

/**
 * Goes along each training row and exchanges a word with the next one with probability `rate`; two that were exchanged stay as they are. Needs
 * encode() and pad() in normalize.
 */
export function wordSwap(settings: Omit<WordSwap, "kind">): WordSwap {
  return describe<WordSwap>("wordSwap", settings, rules);
}

export const wordSwapStage: AugmentStage<WordSwap> = {
  kind: "wordSwap",
  rules,
  words:
    ({ rate }) =>
    (row, draw) => {
      for (let i = 0; i + 1 < row.length; i++) {
        if (draw() >= rate) continue;
        const word = row[i] as number;
        row[i] = row[i + 1] as number;
        row[++i] = word;
      }
    },
};
