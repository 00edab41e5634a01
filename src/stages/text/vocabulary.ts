// Learns which words get a number. Number 0 is kept for padding and 1 for whatever is not in the list, as in Keras's TextVectorization.
import { type Descriptor, describe, number, optional, positiveInteger, type Rules, string } from "../../check.ts";
import { type Column, columnKind, type TokensColumn } from "../../data/table.ts";
import { PipelineError, show } from "../../errors.ts";
import type { ColumnStage } from "../stage.ts";

export interface Vocabulary extends Descriptor {
  readonly kind: "vocabulary";
  readonly maxWords?: number;
  readonly minCount?: number;
  readonly oov?: string;
}

/** What was learned. */
export interface VocabularyFit {
  /** The word of every number: "" for padding, what stands for unknown words, then the words themselves. */
  readonly words: readonly string[];
  /** How many these were, so that a list from which a line was lost is noticed. */
  readonly size: number;
  /** Distinct words in the training rows. */
  readonly distinct: number;
  /** The share of all words of the training rows that is in the list. */
  readonly coverage: number;
}

/** The numbers of the first two entries; those of words follow. */
export const PADDING = 0;
export const UNKNOWN = 1;
export const FIRST_WORD = 2;

const rules: Rules = { maxWords: optional(number({ min: 3, integer: true })), minCount: optional(positiveInteger), oov: optional(string) };

/**
 * Numbers the words of the training rows, the most frequent first and equally frequent ones by their letters. At most `maxWords` numbers
 * (default: no limit), among them 0 for padding and 1 for unknown words, so that `embedding(maxWords, …)` fits; words that stand in the
 * training rows fewer than `minCount` times (default 1) get none. `oov` is what unknown words are shown as (default "[UNK]").
 */
export function vocabulary(settings: Omit<Vocabulary, "kind"> = {}): Vocabulary {
  return describe<Vocabulary>("vocabulary", settings, rules);
}

export const vocabularyStage: ColumnStage<Vocabulary, VocabularyFit> = {
  kind: "vocabulary",
  rules,
  changes: "column",
  fit(stage, train) {
    const { maxWords = Number.POSITIVE_INFINITY, minCount = 1, oov = "[UNK]" } = stage;
    const { words, ids, offsets } = tokensOf(train, "vocabulary");
    const counts = new Uint32Array(words.length);
    const [from, to] = [offsets[0] as number, offsets.at(-1) as number];
    for (let i = from; i < to; i++) counts[ids[i] as number] = (counts[ids[i] as number] as number) + 1;
    const seen = [...counts.keys()].filter((id) => (counts[id] as number) > 0);
    const kept = seen
      .filter((id) => (counts[id] as number) >= minCount && words[id] !== oov && words[id] !== "")
      .sort((a, b) => (counts[b] as number) - (counts[a] as number) || ((words[a] as string) < (words[b] as string) ? -1 : 1))
      .slice(0, maxWords - FIRST_WORD);
    if (kept.length === 0) {
      const why =
        seen.length === 0 ? "they have none" : `none of their ${seen.length} words stands in them ${minCount} times; lower minCount`;
      throw new PipelineError("data", "vocabulary", `the training rows give no word: ${why}`);
    }
    const known = kept.reduce((sum, id) => sum + (counts[id] as number), 0);
    return {
      words: ["", oov, ...kept.map((id) => words[id] as string)],
      size: kept.length + FIRST_WORD,
      distinct: seen.length,
      coverage: known / (to - from),
    };
  },
  apply: (_, column, { words }) => ({ ...tokensOf(column, "vocabulary"), vocabulary: words }),
  check(fitted, at) {
    const { words, size } = (fitted ?? {}) as Partial<VocabularyFit>;
    if (!Array.isArray(words)) throw new PipelineError("data", `${at}.words`, `expected a list of words, got ${show(words)}`);
    if (words[PADDING] !== "")
      throw new PipelineError("data", `${at}.words[${PADDING}]`, `expected "", which is padding, got ${show(words[PADDING])}`);
    const seen = new Map<unknown, number>();
    for (const [i, word] of (words as unknown[]).entries()) {
      if (typeof word !== "string") throw new PipelineError("data", `${at}.words[${i}]`, `expected a word, got ${show(word)}`);
      const first = seen.get(word);
      if (first !== undefined)
        throw new PipelineError("data", `${at}.words[${i}]`, `${show(word)} stands at ${first} already; every word has one number`);
      seen.set(word, i);
    }
    if (words.length === size) return;
    if (!Number.isInteger(size)) throw new PipelineError("data", `${at}.size`, `expected how many words there were, got ${show(size)}`);
    throw new PipelineError(
      "data",
      `${at}.words`,
      `expected ${size} words, as the model was trained with, got ${words.length}; the numbers of words must not move`,
    );
  },
  note: ({ words, distinct, coverage }) =>
    `${(words.length - FIRST_WORD).toLocaleString("en-US")} of ${distinct.toLocaleString("en-US")} words of the training rows, which cover ${(100 * coverage).toFixed(1)} % of their text`,
};

/** The column, if it holds words. */
export function tokensOf(column: Column, kind: string): TokensColumn {
  if (column.type === "tokens") return column;
  const way = column.type === "text" ? "; add tokenize() to clean" : "";
  throw new PipelineError("config", kind, `expected words, but the input holds ${columnKind[column.type]}${way}`);
}

/** The column, with the vocabulary that was learned for it. */
export function knownTokensOf(column: Column, kind: string): TokensColumn & { readonly vocabulary: readonly string[] } {
  const tokens = tokensOf(column, kind);
  const { vocabulary } = tokens;
  if (vocabulary === undefined) throw new PipelineError("config", kind, "there is no vocabulary yet; put vocabulary() before it");
  return { ...tokens, vocabulary };
}

/** The number of each of the column's distinct words, `unknown` for those that have none. */
export function wordNumbers({ words }: TokensColumn, vocabulary: readonly string[], unknown: number): Int32Array {
  const numbers = new Map(vocabulary.map((word, i) => [word, i]));
  return Int32Array.from(words, (word) => numbers.get(word) ?? unknown);
}
