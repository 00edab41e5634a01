import type { ClassReport } from "./evaluation.ts";
import { type Measured, ratio } from "./metric.ts";
import { className } from "./predictions.ts";

/** Precision, recall and F1 of every class by itself. */
export function classReport(on: Measured): ClassReport[] {
  const { truePositives, predicted, support } = on.tally();
  return Array.from(support, (n, c) => {
    const tp = truePositives[c] as number;
    const p = predicted[c] as number;
    return { class: className(on, c), precision: ratio(tp, p), recall: ratio(tp, n), f1: ratio(2 * tp, p + n), support: n };
  });
}
