import type { Descriptor } from "../../check.ts";
import type { ClassReport } from "./evaluation.ts";
import { type Measured, type MetricKind, ratio } from "./metric.ts";
import { className } from "./predictions.ts";

/** Precision, recall and F1 of every class by itself. */
export function classReport(on: Measured): ClassReport[] {
  const { truePositives, predicted, support } = on.tally(on.all);
  return Array.from(support, (n, c) => {
    const tp = truePositives[c] as number;
    const p = predicted[c] as number;
    return { class: className(on, c), precision: ratio(tp, p), recall: ratio(tp, n), f1: ratio(2 * tp, p + n), support: n };
  });
}

/** The report alone; precision, recall and F1 bring it along. */
export const classificationReportMetric: MetricKind<Descriptor> = {
  kind: "classificationReport",
  rules: {},
  needs: "classes",
  better: "higher",
  name: () => "classificationReport",
  report: (on) => ({ perClass: classReport(on) }),
};
