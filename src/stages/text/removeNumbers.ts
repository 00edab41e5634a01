// Takes out numbers that stand by themselves.
import { describe, optional, type Rules, text } from "../../check.ts";
import { type TextStage, textRules, textStage } from "./textStage.ts";

export interface RemoveNumbers extends TextStage {
  readonly kind: "removeNumbers";
  readonly replaceWith?: string;
}

const rules: Rules = { ...textRules, replaceWith: optional(text) };

/**
 * Puts `replaceWith` (default a space) in place of every number, such as 1999, 3.5 or 10,000; those inside a word (b2b, 3d) stay.
 */
export function removeNumbers(settings: Omit<RemoveNumbers, "kind"> = {}): RemoveNumbers {
  return describe<RemoveNumbers>("removeNumbers", settings, rules);
}

const numbers = /(?<![\p{L}\p{N}_])\p{N}+(?:[.,]\p{N}+){0,64}(?![\p{L}\p{N}_])/gu;

export const removeNumbersStage = textStage<RemoveNumbers>("removeNumbers", rules, ({ replaceWith = " " }) => {
  return (text) => text.replace(numbers, () => replaceWith);
});
