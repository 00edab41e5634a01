import { type Descriptor, describe, positiveInteger } from "../../check.ts";
import type { MetricKind } from "./metric.ts";
import { meanOf } from "./sample.ts";

export interface TopK extends Descriptor {
  readonly kind: "topK";
  readonly k: number;
}

const rules = { k: positiveInteger };

/** The share of rows whose class is among the `k` likeliest; its result is called `top5`. Of equal outputs the first class counts as likelier. */
export const topK = (k = 5): TopK => describe<TopK>("topK", { k }, rules);

export const topKMetric: MetricKind<TopK> = {
  kind: "topK",
  rules,
  better: "higher",
  needs: "classes",
  name: ({ k }) => `top${k}`,
  parse(result) {
    const [, k] = /^top([1-9]\d*)$/.exec(result) ?? [];
    return k === undefined ? undefined : topK(Number(k));
  },
  compute({ k }, { outputs, cols, actual, predicted }) {
    const truth = actual();
    return meanOf(
      Float64Array.from(truth, (label, r) => {
        const before = cols === 1 ? Number(predicted()[r] !== label) : countBefore(outputs.subarray(r * cols, (r + 1) * cols), label);
        return Number(before < k);
      }),
    );
  },
};

/** How many classes come before `label` when the likeliest comes first. */
function countBefore(scores: Float32Array, label: number): number {
  const own = scores[label] as number;
  let before = 0;
  for (let c = 0; c < scores.length; c++) {
    const score = scores[c] as number;
    if (score > own || (score === own && c < label)) before++;
  }
  return before;
}
