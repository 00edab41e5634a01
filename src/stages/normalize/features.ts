// How a normalizer reads training rows: over everything at once, or feature by feature.
import { oneOf } from "../../check.ts";
import { PipelineError } from "../../errors.ts";
import type { Samples } from "../stage.ts";

/** One pair of statistics for each feature, or one for all features together. */
export type Per = "feature" | "all";

export const per = oneOf("feature", "all");

/** Pictures share one statistic, as their pixels share one unit; the entries of a vector do not. */
export const defaultPer = (samples: Samples): Per => (samples.shape.length >= 2 ? "all" : "feature");

/** Calls `visit(feature, value)` for every value of every row. Throws when there are no rows, or a value is not finite. */
export function eachValue(samples: Samples, at: string, visit: (feature: number, value: number) => void): void {
  if (samples.rows === 0) throw new PipelineError("data", at, `column "${samples.column}" has no training rows`);
  const row = new Float64Array(samples.shape.reduce((product, n) => product * n, 1));
  for (let r = 0; r < samples.rows; r++) {
    samples.read(r, row);
    for (let i = 0; i < row.length; i++) {
      const value = row[i] as number;
      if (!Number.isFinite(value)) {
        throw new PipelineError(
          "data",
          at,
          `column "${samples.column}": feature ${i} of training row ${r} is ${value}; add fillMissing() or dropIncomplete() to clean`,
        );
      }
      visit(i, value);
    }
  }
}
