// Words weighted by how rare they are; scikit-learn's TfidfVectorizer.
import { boolean, type Descriptor, describe, oneOf, optional, type Rules } from "../../check.ts";
import { PipelineError } from "../../errors.ts";
import { log } from "../../math.ts";
import type { ColumnStage } from "../stage.ts";
import { openBag } from "./bagOfWords.ts";
import { rowCount, rowOf } from "./words.ts";

export interface Tfidf extends Descriptor {
  readonly kind: "tfidf";
  readonly norm?: "l2" | "l1" | "none";
  readonly smoothIdf?: boolean;
  readonly sublinearTf?: boolean;
}

const rules: Rules = { norm: optional(oneOf("l2", "l1", "none")), smoothIdf: optional(boolean), sublinearTf: optional(boolean) };

/**
 * Turns a text into one number for each word of the vocabulary: how often it stands there (with `sublinearTf`, 1 + log of it) times
 * log((1 + n) / (1 + d)) + 1, where d of the n training rows hold it (without `smoothIdf`, log(n / d) + 1); then each row is divided by
 * its `norm`, "l2" (default), "l1" or "none".
 */
export function tfidf(settings: Omit<Tfidf, "kind"> = {}): Tfidf {
  return describe<Tfidf>("tfidf", settings, rules);
}

export const tfidfStage: ColumnStage<Tfidf, { readonly idf: readonly number[] }> = {
  kind: "tfidf",
  rules,
  changes: "column",
  fit({ smoothIdf = true }, train) {
    const { known, width } = openBag(train, "tfidf", 4);
    const rows = rowCount(known);
    const holding = new Uint32Array(width);
    const last = new Int32Array(width).fill(-1);
    for (let row = 0; row < rows; row++) {
      for (const word of rowOf(known, row)) {
        if (last[word] === row) continue;
        last[word] = row;
        holding[word] = (holding[word] as number) + 1;
      }
    }
    const extra = smoothIdf ? 1 : 0;
    return { idf: Array.from(holding, (d) => log((rows + extra) / (d + extra)) + 1) };
  },
  apply(stage, column, { idf }) {
    const { known, width, features } = openBag(column, "tfidf", 4);
    if (idf.length !== width)
      throw new PipelineError("data", "tfidf", `there are ${width} words, but weights for ${idf.length}; pipeline.json was changed`);
    const data = new Float32Array(rowCount(known) * width);
    for (let row = 0; row < rowCount(known); row++) {
      const values = data.subarray(row * width, (row + 1) * width);
      const words = rowOf(known, row);
      for (const word of words) values[word] = (values[word] as number) + 1;
      weigh(values, new Set(words), idf, stage);
    }
    return { type: "numeric", shape: [width], data, features };
  },
  check(fitted, at) {
    const idf = (fitted as { idf?: unknown } | null)?.idf;
    if (!Array.isArray(idf) || !idf.every(Number.isFinite))
      throw new PipelineError("data", `${at}.idf`, "expected a list of numbers; the file was changed");
  },
};

/** Counts of one row → its weights, in place. */
function weigh(values: Float32Array, words: ReadonlySet<number>, idf: readonly number[], { norm = "l2", sublinearTf }: Tfidf): void {
  const weights = [...words].map((word): [number, number] => {
    const count = values[word] as number;
    return [word, (sublinearTf === true ? 1 + log(count) : count) * (idf[word] as number)];
  });
  const total = weights.reduce((sum, [, weight]) => sum + (norm === "l2" ? weight * weight : Math.abs(weight)), 0);
  const length = norm === "none" ? 1 : norm === "l2" ? Math.sqrt(total) : total;
  for (const [word, weight] of weights) values[word] = weight / length;
}
