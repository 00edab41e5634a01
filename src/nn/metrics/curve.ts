// Areas under curves over all thresholds: of one class where there are two, else the mean of each class against the rest.
import { type Descriptor, oneOf, optional, type Rules } from "../../check.ts";
import type { Measured, MetricKind } from "./metric.ts";
import { type Passing, rankedClasses } from "./ranking.ts";

export interface CurveOptions {
  /** For three classes or more: the mean over the classes ("macro", default), or each weighted by its rows. */
  readonly average?: "macro" | "weighted";
}

export const curveRules: Rules = { average: optional(oneOf("macro", "weighted")) };

/** NaN where the sample has no such curve: the class is left out of the mean then. */
type Area = (passing: Passing) => number;

/** The result is called after the kind: `rocAuc`, `rocAucWeighted`. */
export function curve<D extends Descriptor & CurveOptions>(kind: D["kind"], area: Area, note: MetricKind<D>["note"]): MetricKind<D> {
  const weightedName = `${kind}Weighted`;
  return {
    kind,
    rules: curveRules,
    better: "higher",
    needs: "classes",
    name: ({ average }) => (average === "weighted" ? weightedName : kind),
    parse: (name) => (name === weightedName ? ({ kind, average: "weighted" } as D) : undefined),
    compute({ average }, on) {
      const rankings = rankedClasses(on.cols).map(on.ranking);
      return (sample) => {
        let [sum, weights] = [0, 0];
        for (const ranking of rankings) {
          const passing = ranking(sample);
          const one = area(passing);
          if (Number.isNaN(one)) continue;
          const weight = average === "weighted" && rankings.length > 1 ? (passing.found.at(-1) as number) : 1;
          sum += weight * one;
          weights += weight;
        }
        return sum / weights;
      };
    },
    ...(note && { note }),
  };
}

/** The ranked classes that no row is of, or that every row is of. */
export function lonely({ cols, tally, all, rows }: Measured): { readonly absent: number[]; readonly only: number[] } {
  const { support } = tally(all);
  const ranked = rankedClasses(cols);
  return { absent: ranked.filter((c) => support[c] === 0), only: ranked.filter((c) => support[c] === rows) };
}
