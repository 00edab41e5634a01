import { plain } from "./metric.ts";

/** The mean recall of the classes that are there. */
export const balancedAccuracyMetric = plain("balancedAccuracy", "classes", "higher", ({ tally }) => (sample) => {
  const { truePositives, support } = tally(sample);
  let sum = 0;
  let present = 0;
  support.forEach((n, c) => {
    if (n === 0) return;
    sum += (truePositives[c] as number) / n;
    present++;
  });
  return sum / present;
});
