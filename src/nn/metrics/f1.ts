import { type Descriptor, describe } from "../../check.ts";
import { type AverageOptions, averaged, averageRules } from "./average.ts";
import { ratio } from "./metric.ts";

export interface F1 extends Descriptor, AverageOptions {
  readonly kind: "f1";
}

/** The harmonic mean of precision and recall: 2·tp / (predicted + support). */
export const f1 = (options: AverageOptions = {}): F1 => describe<F1>("f1", options, averageRules);

export const f1Metric = averaged<F1>("f1", (truePositives, predicted, support) => ratio(2 * truePositives, predicted + support));
