// How often each word of the vocabulary stands in a text, whatever the order; scikit-learn's CountVectorizer.
import { boolean, type Descriptor, describe, optional, type Rules } from "../../check.ts";
import type { Column, Ragged } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import type { ColumnStage } from "../stage.ts";
import { FIRST_WORD, knownTokensOf, wordNumbers } from "./vocabulary.ts";
import { mapIds, rowCount, rowOf } from "./words.ts";

export interface BagOfWords extends Descriptor {
  readonly kind: "bagOfWords";
  readonly binary?: boolean;
}

const rules: Rules = { binary: optional(boolean) };

/**
 * Turns a text into one number for each word of the vocabulary: how often it stands there or, where `binary`, 1 if it does (bytes, which
 * take a quarter of the memory). Unknown words count nowhere.
 */
export function bagOfWords(settings: Omit<BagOfWords, "kind"> = {}): BagOfWords {
  return describe<BagOfWords>("bagOfWords", settings, rules);
}

export const bagOfWordsStage: ColumnStage<BagOfWords> = {
  kind: "bagOfWords",
  rules,
  changes: "column",
  fit: () => null,
  apply({ binary }, column) {
    const { known, width, features } = openBag(column, "bagOfWords", binary === true ? 1 : 4);
    const rows = rowCount(known);
    const data = binary === true ? new Uint8Array(rows * width) : new Float32Array(rows * width);
    for (let row = 0; row < rows; row++) {
      for (const word of rowOf(known, row)) {
        const place = row * width + word;
        data[place] = binary === true ? 1 : (data[place] as number) + 1;
      }
    }
    return { type: "numeric", shape: [width], data, features };
  },
};

interface Bag {
  readonly features: readonly string[];
  readonly width: number;
  readonly known: Ragged;
}

/** More than this does not fit beside its copy in the network's memory. */
const MOST_BYTES = 1.5e9;

/** The rows' known words, numbered from 0. Throws where the table that they make would not fit into memory. */
export function openBag(column: Column, kind: string, bytes: number): Bag {
  const tokens = knownTokensOf(column, kind);
  const features = tokens.vocabulary.slice(FIRST_WORD);
  const width = features.length;
  const rows = rowCount(tokens);
  if (rows * width * bytes > MOST_BYTES) {
    const size = `${rows.toLocaleString("en-US")} rows of ${width.toLocaleString("en-US")} words take ${((rows * width * bytes) / 1e9).toFixed(1)} GB`;
    throw new PipelineError("config", kind, `${size}; lower maxWords of vocabulary()`);
  }
  const numbers = wordNumbers(tokens, features, -1);
  return { width, features, known: mapIds(tokens, numbers) };
}
