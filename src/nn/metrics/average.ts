// Precision, recall and F1 are computed for each class; these are the ways to make one number of them.
import { type Descriptor, oneOf, optional, type Rules } from "../../check.ts";
import { classReport } from "./classReport.ts";
import { type MetricKind, ratio } from "./metric.ts";
import type { Tally } from "./tally.ts";

/**
 * - `macro`: the mean over the classes, those that never occur included
 * - `weighted`: the mean over the classes, each weighted by its rows
 * - `micro`: over all decisions at once; with one class a row it equals accuracy
 * - `binary`: class 1 alone, as Keras's Precision and Recall count
 */
export type Average = "macro" | "micro" | "weighted" | "binary";

export interface AverageOptions {
  /** Default "macro". */
  readonly average?: Average;
}

export const averageRules: Rules = { average: optional(oneOf("macro", "micro", "weighted", "binary")) };

/** One class's number from its true positives, the rows predicted as it and the rows that are of it. */
type Score = (truePositives: number, predicted: number, support: number) => number;

/** The result is called after the kind and, unless it is macro, the average: `f1`, `f1Micro`, `f1Weighted`, `f1Binary`. */
export function averaged<D extends Descriptor & AverageOptions>(kind: D["kind"], score: Score): MetricKind<D> {
  const name = (average: Average): string => (average === "macro" ? kind : kind + (average[0] as string).toUpperCase() + average.slice(1));
  return {
    kind,
    rules: averageRules,
    better: "higher",
    needs: "classes",
    name: ({ average = "macro" }) => name(average),
    parse(result) {
      const average = (["micro", "weighted", "binary"] as const).find((a) => name(a) === result);
      return average && ({ kind, average } as D);
    },
    compute:
      ({ average = "macro" }, { tally }) =>
      (sample) =>
        combine(score, average, tally(sample), sample.total),
    report: (on) => ({ perClass: classReport(on) }),
  };
}

function combine(score: Score, average: Average, { truePositives, predicted, support }: Tally, rows: number): number {
  const scores = support.map((n, c) => score(truePositives[c] as number, predicted[c] as number, n));
  if (average === "binary") return scores[1] as number;
  if (average === "micro") return score(sum(truePositives), rows, rows);
  if (average === "macro") return sum(scores) / scores.length;
  return ratio(sum(scores.map((s, c) => s * (support[c] as number))), rows);
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
