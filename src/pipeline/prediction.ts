// What a model says of one row.
import { column, inputName, type Table } from "../data/table.ts";
import type { VocabularyFit } from "../stages/text/vocabulary.ts";
import { rowOf } from "../stages/text/words.ts";
import type { PipelineFile } from "./artifacts.ts";
import type { WordInfluence } from "./wordInfluence.ts";

export interface Prediction {
  /** What the model puts out for the row: a probability for each class, or values. */
  readonly output: readonly number[];
  /** For sequences with a class at every step: the steps, each for itself. */
  readonly steps?: readonly Prediction[];
  /** For classifiers: the likeliest class and its probability. */
  readonly class?: string;
  readonly probability?: number;
  /** For texts: how many words were left after cleaning, and how many of them the vocabulary does not know. */
  readonly words?: number;
  readonly unknownWords?: number;
}

export interface Explanation extends Prediction {
  /** The words of the text, those that moved the answer most first; undefined where the text is too long to try each. */
  readonly influences: readonly WordInfluence[] | undefined;
}

export function predictionOf(file: PipelineFile, output: readonly number[]): Prediction {
  const { target } = file;
  const steps = target.kind === "labels" ? target.steps : undefined;
  if (steps === undefined) return answerOf(file, output);
  const width = output.length / steps;
  return { output, steps: Array.from({ length: steps }, (_, t) => answerOf(file, output.slice(t * width, (t + 1) * width))) };
}

function answerOf({ target }: PipelineFile, output: readonly number[]): Prediction {
  if (target.kind !== "labels" && !(output.length > 1)) return { output };
  const names = target.names;
  if (output.length === 1) {
    const p = output[0] as number;
    const yes = p > 0.5 ? 1 : 0;
    return { output, class: names?.[yes] ?? String(yes), probability: yes === 1 ? p : 1 - p };
  }
  if (target.kind !== "labels") return { output };
  const best = output.reduce((top, p, i) => (p > (output[top] as number) ? i : top), 0);
  return { output, class: names?.[best] ?? String(best), probability: output[best] as number };
}

/** How much an output says what the prediction says: the probability of that class, or the first value. */
export function strengthOf(output: readonly number[], { output: whole, class: name }: Prediction): number {
  if (name === undefined) return output[0] as number;
  if (whole.length === 1) return (whole[0] as number) > 0.5 ? (output[0] as number) : 1 - (output[0] as number);
  return output[whole.indexOf(Math.max(...whole))] as number;
}

/** For texts that a vocabulary was learned for: how many words a row has, and how many of them are not in it. */
export function wordCounts(
  { pipeline, fitted }: PipelineFile,
  table: Table,
): ((row: number) => Pick<Prediction, "words" | "unknownWords">) | undefined {
  if (table.inputs.length > 1) return undefined;
  const clean = column(table, inputName(table));
  const at = (pipeline.normalize ?? []).findIndex(({ kind }) => kind === "vocabulary");
  if (clean.type !== "tokens" || at < 0) return undefined;
  const known = new Set((fitted.normalize[at] as VocabularyFit).words);
  const isKnown = clean.words.map((word) => known.has(word));
  return (row) => {
    const ids = rowOf(clean, row);
    return { words: ids.length, unknownWords: ids.reduce((count, id) => count + (isKnown[id] === true ? 0 : 1), 0) };
  };
}
