import { type Descriptor, describe } from "../../check.ts";
import { type AverageOptions, averaged, averageRules } from "./average.ts";
import { ratio } from "./metric.ts";

export interface Precision extends Descriptor, AverageOptions {
  readonly kind: "precision";
}

/** Of the rows predicted as a class, the share that are of it. */
export const precision = (options: AverageOptions = {}): Precision => describe<Precision>("precision", options, averageRules);

export const precisionMetric = averaged<Precision>("precision", (truePositives, predicted) => ratio(truePositives, predicted));
