import { type Descriptor, describe, number, optional } from "../../check.ts";
import type { MetricKind } from "./metric.ts";
import { meanOf, rowMeans } from "./sample.ts";

export interface BinaryAccuracy extends Descriptor {
  readonly kind: "binaryAccuracy";
  readonly threshold?: number;
}

const rules = { threshold: optional(number({ min: 0, max: 1 })) };

/** The share of outputs on the target's side of `threshold` (0.5), each output by itself: for labels that may go together. */
export const binaryAccuracy = (options: Omit<BinaryAccuracy, "kind"> = {}): BinaryAccuracy =>
  describe<BinaryAccuracy>("binaryAccuracy", options, rules);

export const binaryAccuracyMetric: MetricKind<BinaryAccuracy> = {
  kind: "binaryAccuracy",
  rules,
  better: "higher",
  needs: "decisions",
  name: () => "binaryAccuracy",
  compute({ threshold = 0.5 }, { outputs, rows, cols, values }) {
    const targets = values();
    return meanOf(rowMeans(rows, cols, (i) => Number((outputs[i] as number) > threshold === (targets[i] as number) > 0.5)));
  },
};
