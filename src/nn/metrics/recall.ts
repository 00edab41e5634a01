import { type Descriptor, describe } from "../../check.ts";
import { type AverageOptions, averaged, averageRules } from "./average.ts";
import { ratio } from "./metric.ts";

export interface Recall extends Descriptor, AverageOptions {
  readonly kind: "recall";
}

/** Of the rows of a class, the share predicted as it. */
export const recall = (options: AverageOptions = {}): Recall => describe<Recall>("recall", options, averageRules);

export const recallMetric = averaged<Recall>("recall", (truePositives, _, support) => ratio(truePositives, support));
