// Takes out the words that nearly every text has.
import { describe, listOf, oneOf, optional, type Rules, string } from "../../check.ts";
import { type StopwordLanguage, stopwords, stopwordsOf } from "./stopwords.ts";
import { type TextStage, textRules } from "./textStage.ts";
import { wordStage } from "./wordStage.ts";

export interface RemoveStopwords extends TextStage {
  readonly kind: "removeStopwords";
  readonly language?: StopwordLanguage;
  readonly also?: readonly string[];
  readonly except?: readonly string[];
}

const rules: Rules = {
  ...textRules,
  language: optional(oneOf(...Object.keys(stopwords))),
  also: optional(listOf(string)),
  except: optional(listOf(string)),
};

/**
 * Takes out the stop words of a `language`: "english" (default), "french", "german" or "spanish"; and those in `also`, but none of those in
 * `except`. Upper and lower case are the same. Put tokenize() before it, and stem() after it. For sentiment, negations matter: keep them, as in
 * `except: ["no", "not", "nor"]`.
 */
export function removeStopwords(settings: Omit<RemoveStopwords, "kind"> = {}): RemoveStopwords {
  return describe<RemoveStopwords>("removeStopwords", settings, rules);
}

const plain = (word: string): string => word.toLowerCase().replaceAll("’", "'");

/** What French ties to the next word is a stop word, too: l'homme is homme, n'est is nothing. */
const elision = /^(?:[cdjlmnst]|(?:jus|lors|puis)?qu)['’]/i;

export const removeStopwordsStage = wordStage<RemoveStopwords>(
  "removeStopwords",
  rules,
  ({ language = "english", also = [], except = [] }) => {
    const stops = new Set([...stopwordsOf(language), ...also.map(plain)]);
    for (const word of except) stops.delete(plain(word));
    return (word) => {
      const own = language === "french" ? word.replace(elision, "") : word;
      return stops.has(plain(own)) ? "" : own;
    };
  },
);
