// One climb to a high rate and one long descent (Smith & Topin, 2018), both half cosine waves, with PyTorch's names and defaults.
import { type Descriptor, describe, number, optional } from "../../check.ts";
import { cosineShare } from "./cosineDecay.ts";
import { type ScheduleKind, type ScheduleOptions, scheduleRules } from "./schedule.ts";

interface OneCycleOptions extends ScheduleOptions {
  readonly maxLearningRate: number;
  readonly totalSteps: number;
  /** The part of the steps that climbs. Default 0.3. */
  readonly pctStart?: number;
  /** The first rate is maxLearningRate / divFactor. Default 25. */
  readonly divFactor?: number;
  /** The last rate is the first / finalDivFactor. Default 10000. */
  readonly finalDivFactor?: number;
}

export interface OneCycle extends Descriptor, OneCycleOptions {
  readonly kind: "oneCycle";
}

const rules = {
  ...scheduleRules,
  maxLearningRate: number({ above: 0 }),
  totalSteps: number({ above: 0 }),
  pctStart: optional(number({ min: 0, max: 1 })),
  divFactor: optional(number({ above: 0 })),
  finalDivFactor: optional(number({ above: 0 })),
};

/** From maxLearningRate / divFactor up to maxLearningRate, then down to the first rate / finalDivFactor at step totalSteps − 1. */
export const oneCycle = (options: OneCycleOptions): OneCycle => describe<OneCycle>("oneCycle", options, rules);

export const oneCycleSchedule: ScheduleKind<OneCycle> = {
  kind: "oneCycle",
  rules,
  rate({ maxLearningRate, totalSteps, pctStart = 0.3, divFactor = 25, finalDivFactor = 10000 }, step, unit) {
    const total = totalSteps * unit;
    const top = Math.max(0, pctStart * total - 1);
    const first = maxLearningRate / divFactor;
    if (step < top) return maxLearningRate + (first - maxLearningRate) * cosineShare(step / top, 0);
    const done = Math.min((step - top) / Math.max(1, total - 1 - top), 1);
    const last = first / finalDivFactor;
    return last + (maxLearningRate - last) * cosineShare(done, 0);
  },
};
