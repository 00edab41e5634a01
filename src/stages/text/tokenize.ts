// Texts → words.
import { describe, oneOf, optional, type Rules } from "../../check.ts";
import type { Column } from "../../data/table.ts";
import type { CleanStage } from "../stage.ts";
import { textColumns } from "./inputs.ts";
import { type TextStage, textRules } from "./textStage.ts";
import { eachWord } from "./wordSegments.ts";
import { createLexicon, createWriter } from "./words.ts";

export interface Tokenize extends TextStage {
  readonly kind: "tokenize";
  readonly by?: "words" | "whitespace" | "characters";
}

const rules: Rules = { ...textRules, by: optional(oneOf("words", "whitespace", "characters")) };

/**
 * Divides every text `by` "words" (default; Unicode's, without punctuation: don't is one, e-mail is two; languages written without
 * spaces are divided, too), by "whitespace" alone, or into "characters" (code points, spaces among them).
 */
export function tokenize(settings: Omit<Tokenize, "kind"> = {}): Tokenize {
  return describe<Tokenize>("tokenize", settings, rules);
}

type Visit = (word: string) => void;

const dividers: Readonly<Record<NonNullable<Tokenize["by"]>, (text: string, visit: Visit) => void>> = {
  words: eachWord,
  whitespace(text, visit) {
    for (const word of text.split(/\s+/)) if (word !== "") visit(word);
  },
  characters(text, visit) {
    for (const character of text) visit(character);
  },
};

/** Fewer than there are in English, so that there is room enough. */
const CHARACTERS_OF_A_WORD = 4;

export const tokenizeStage: CleanStage<Tokenize> = {
  kind: "tokenize",
  rules,
  rowwise: true,
  *apply(stage, table) {
    const divide = dividers[stage.by ?? "words"];
    const columns: Record<string, Column> = { ...table.columns };
    for (const [name, { values }] of textColumns(table, stage.columns, "tokenize")) {
      const lexicon = createLexicon();
      const characters = values.reduce((sum, text) => sum + text.length, 0);
      const writer = createWriter(values.length, Math.ceil(characters / CHARACTERS_OF_A_WORD) + 1);
      const visit = (word: string): void => writer.push(lexicon.id(word));
      for (const [row, text] of values.entries()) {
        yield row;
        divide(text, visit);
        writer.endRow();
      }
      columns[name] = { type: "tokens", words: lexicon.words, ...writer.done() };
    }
    return { table: { ...table, columns }, removed: [], changed: 0 };
  },
};
