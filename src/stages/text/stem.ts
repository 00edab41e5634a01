// Words → stems, so that the forms of a word count as one.
import { describe, oneOf, optional, type Rules } from "../../check.ts";
import { stemEnglish } from "./stemEnglish.ts";
import { type TextStage, textRules } from "./textStage.ts";
import { wordStage } from "./wordStage.ts";

export interface Stem extends TextStage {
  readonly kind: "stem";
  readonly language?: "english";
}

const rules: Rules = { ...textRules, language: optional(oneOf("english")) };

/**
 * Replaces every word by its stem: running and runs become run, movies becomes movi. `language` is "english" (default): Snowball's
 * stemmer, also called Porter2, as of Snowball 3.1. Put normalizeText() and tokenize() before it: it expects lower case.
 */
export function stem(settings: Omit<Stem, "kind"> = {}): Stem {
  return describe<Stem>("stem", settings, rules);
}

export const stemStage = wordStage<Stem>("stem", rules, () => (word) => stemEnglish(word.replaceAll("’", "'")));
