import type { Descriptor } from "../../check.ts";
import type { Measured, MetricKind } from "./metric.ts";
import { classCount, className } from "./predictions.ts";

/** How many rows of each class (down) were predicted as each class (across). */
export const confusionMatrixMetric: MetricKind<Descriptor> = {
  kind: "confusionMatrix",
  rules: {},
  needs: "classes",
  better: "higher",
  name: () => "confusionMatrix",
  report(on) {
    const matrix = count(on);
    return { confusionMatrix: matrix, classes: matrix.map((_, c) => className(on, c)) };
  },
};

function count(on: Measured): number[][] {
  const classes = classCount(on);
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const predicted = on.predicted();
  on.actual().forEach((a, r) => {
    const row = matrix[a] as number[];
    const p = predicted[r] as number;
    row[p] = (row[p] as number) + 1;
  });
  return matrix;
}
