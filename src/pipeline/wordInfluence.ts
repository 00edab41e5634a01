// Which words of a text move a model's answer: each is left out in turn, wherever it stands, and the model is asked again. The words are
// those of the text as it was given, so this works for any stages.
import { eachWord } from "../stages/text/wordSegments.ts";

export interface WordInfluence {
  /** As it first stands in the text. */
  readonly word: string;
  /** By how much more the model says what it says because of the word: the answer's probability (or value) with it, less that without it. */
  readonly change: number;
}

export interface Variant {
  readonly word: string;
  /** The text without the word. */
  readonly text: string;
}

/** More characters than this are too many to read over and over. */
const MOST_CHARACTERS = 20_000_000;

/** The text without each of its words in turn; undefined where the text is too long for that. */
export function withoutEachWord(text: string): Variant[] | undefined {
  const places = new Map<string, [word: string, starts: number[]]>();
  eachWord(text, (word, start) => {
    const key = word.toLowerCase();
    const known = places.get(key);
    if (known === undefined) places.set(key, [word, [start]]);
    else known[1].push(start);
  });
  if (places.size * text.length > MOST_CHARACTERS) return undefined;
  return Array.from(places.values(), ([word, starts]) => {
    let from = 0;
    const kept = starts.map((start) => {
      const piece = text.slice(from, start);
      from = start + word.length;
      return piece;
    });
    return { word, text: kept.join("") + text.slice(from) };
  });
}
