import { plain } from "./metric.ts";

/**
 * 1 − Σ(y − ŷ)² / Σ(y − mean y)², the mean over the outputs: the share of the target's variance that is explained. A target that does
 * not vary counts 1 when it is met exactly and 0 otherwise, as in scikit-learn.
 */
export const r2Metric = plain("r2", "quantities", "higher", ({ outputs, rows, cols, values }) => {
  const targets = values();
  let total = 0;
  for (let c = 0; c < cols; c++) {
    let sum = 0;
    for (let i = c; i < rows * cols; i += cols) sum += targets[i] as number;
    const mean = sum / rows;
    let unexplained = 0;
    let variation = 0;
    for (let i = c; i < rows * cols; i += cols) {
      const y = targets[i] as number;
      const error = y - (outputs[i] as number);
      unexplained += error * error;
      variation += (y - mean) * (y - mean);
    }
    total += variation === 0 ? Number(unexplained === 0) : 1 - unexplained / variation;
  }
  return total / cols;
});
