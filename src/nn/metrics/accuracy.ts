import { plain } from "./metric.ts";

/** The share of rows whose class is predicted. */
export const accuracyMetric = plain(
  "accuracy",
  "classes",
  "higher",
  ({ tally }) =>
    (sample) =>
      tally(sample).truePositives.reduce((sum, n) => sum + n, 0) / sample.total,
);
