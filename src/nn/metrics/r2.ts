import { plain } from "./metric.ts";

/**
 * 1 − Σ(y − ŷ)² / Σ(y − mean y)², the mean over the outputs: the share of the target's variance that is explained. A target that does
 * not vary counts 1 when it is met exactly and 0 otherwise, as in scikit-learn.
 */
export const r2Metric = plain("r2", "quantities", "higher", ({ outputs, cols, values }) => {
  const targets = values();
  return ({ counts, total }) => {
    let sum = 0;
    for (let c = 0; c < cols; c++) {
      let mean = 0;
      for (let r = 0; r < counts.length; r++) mean += (counts[r] as number) * (targets[r * cols + c] as number);
      mean /= total;
      let unexplained = 0;
      let variation = 0;
      for (let r = 0; r < counts.length; r++) {
        const n = counts[r] as number;
        const y = targets[r * cols + c] as number;
        const error = y - (outputs[r * cols + c] as number);
        unexplained += n * error * error;
        variation += n * (y - mean) * (y - mean);
      }
      sum += variation === 0 ? Number(unexplained === 0) : 1 - unexplained / variation;
    }
    return sum / cols;
  };
});
