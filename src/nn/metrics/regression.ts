// How far values are from their targets, over all rows and outputs.
import { type Measured, plain } from "./metric.ts";

function meanOf({ outputs, rows, cols, values }: Measured, of: (error: number) => number): number {
  const targets = values();
  let sum = 0;
  for (let i = 0; i < rows * cols; i++) sum += of((outputs[i] as number) - (targets[i] as number));
  return sum / (rows * cols);
}

const meanSquare = (on: Measured): number => meanOf(on, (e) => e * e);

/** Mean squared error. */
export const mseMetric = plain("mse", "values", "lower", meanSquare);
/** Its square root, in the unit of the target. */
export const rmseMetric = plain("rmse", "values", "lower", (on) => Math.sqrt(meanSquare(on)));
/** Mean absolute error. */
export const maeMetric = plain("mae", "values", "lower", (on) => meanOf(on, Math.abs));
