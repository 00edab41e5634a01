import { boolean, type Descriptor, describe, number, optional } from "../../check.ts";
import { pow } from "../../math.ts";
import { type ScheduleKind, type ScheduleOptions, scheduleRules } from "./schedule.ts";

interface ExponentialDecayOptions extends ScheduleOptions {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Decay at whole multiples of `decaySteps` only. Default false. */
  readonly staircase?: boolean;
}

export interface ExponentialDecay extends Descriptor, ExponentialDecayOptions {
  readonly kind: "exponentialDecay";
}

const rules = {
  ...scheduleRules,
  initialLearningRate: number({ min: 0 }),
  decaySteps: number({ above: 0 }),
  decayRate: number({ above: 0 }),
  staircase: optional(boolean),
};

/** initialLearningRate · decayRate^(step / decaySteps) */
export const exponentialDecay = (options: ExponentialDecayOptions): ExponentialDecay =>
  describe<ExponentialDecay>("exponentialDecay", options, rules);

export const exponentialDecaySchedule: ScheduleKind<ExponentialDecay> = {
  kind: "exponentialDecay",
  rules,
  rate({ initialLearningRate, decaySteps, decayRate, staircase = false }, step, unit) {
    const decays = step / (decaySteps * unit);
    return initialLearningRate * pow(decayRate, staircase ? Math.floor(decays) : decays);
  },
};
