// Takes out what is neither letter, number nor space.
import { describe, optional, type Rules, string } from "../../check.ts";
import { type TextStage, textRules, textStage } from "./textStage.ts";

export interface RemovePunctuation extends TextStage {
  readonly kind: "removePunctuation";
  readonly keep?: string;
}

const rules: Rules = { ...textRules, keep: optional(string) };

/**
 * Puts a space in place of punctuation and symbols (Unicode's P and S), except for the characters in `keep`, such as "!?". An apostrophe
 * between letters goes without a space: don't → dont.
 */
export function removePunctuation(settings: Omit<RemovePunctuation, "kind"> = {}): RemovePunctuation {
  return describe<RemovePunctuation>("removePunctuation", settings, rules);
}

export const removePunctuationStage = textStage<RemovePunctuation>("removePunctuation", rules, ({ keep = "" }) => {
  const kept = new Set(keep);
  const spaced = (mark: string): string => (kept.has(mark) ? mark : " ");
  const joined = (mark: string): string => (kept.has(mark) ? mark : "");
  return (text) => text.replace(/(?<=\p{L})['’](?=\p{L})/gu, joined).replace(/[\p{P}\p{S}]/gu, spaced);
});
