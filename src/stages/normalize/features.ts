// How a normalizer reads training rows: over everything at once, or feature by feature.
import { oneOf } from "../../check.ts";
import { size } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import type { Samples } from "../stage.ts";
import type { Work } from "../work.ts";

/** One pair of statistics for each feature, or one for all features together. */
export type Per = "feature" | "all";

export const per = oneOf("feature", "all");

/** Pictures share one statistic, as their pixels share one unit; the entries of a vector do not. */
export const defaultPer = (samples: Samples): Per => (samples.shape.length >= 2 ? "all" : "feature");

const SOME = 1 << 10;

/** Calls `visit(feature, value)` for every value of every `step`-th row. Throws when there are no rows, or a value is not finite. */
export function* eachValue(samples: Samples, at: string, visit: (feature: number, value: number) => void, step = 1): Work<void> {
  if (samples.rows === 0) throw new PipelineError("data", at, `column "${samples.column}" has no training rows`);
  const row = new Float64Array(size(samples.shape));
  for (let r = 0; r < samples.rows; r += step) {
    if ((r / step) % SOME === 0) yield r;
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

/** So many values are held at once, 32 MiB of them. */
const HELD = 1 << 22;

/**
 * Calls `visit(sorted)` with the values of each feature in turn, or once with all of them; of more than four million values with those of
 * evenly spread rows.
 */
export function* eachSorted(samples: Samples, all: boolean, at: string, visit: (sorted: Float64Array) => void): Work<void> {
  const width = size(samples.shape);
  const [groups, each] = all ? [1, width] : [width, 1];
  const step = Math.max(1, Math.ceil((samples.rows * each) / HELD));
  const length = Math.ceil(samples.rows / step) * each;
  const together = Math.min(groups, Math.max(1, Math.floor(HELD / Math.max(1, length))));
  for (let first = 0; first < groups; first += together) {
    const lists = Array.from({ length: Math.min(together, groups - first) }, () => ({ values: new Float64Array(length), held: 0 }));
    const collect = (feature: number, value: number): void => {
      const place = all ? 0 : feature - first;
      if (place < 0 || place >= lists.length) return;
      const list = lists[place] as (typeof lists)[number];
      list.values[list.held++] = value;
    };
    yield* eachValue(samples, at, collect, step);
    for (const { values } of lists) {
      visit(values.sort());
      yield samples.rows;
    }
  }
}
