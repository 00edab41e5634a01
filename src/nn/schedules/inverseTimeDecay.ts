import { boolean, type Descriptor, describe, number, optional } from "../../check.ts";
import { type ScheduleKind, type ScheduleOptions, scheduleRules } from "./schedule.ts";

interface InverseTimeDecayOptions extends ScheduleOptions {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Decay at whole multiples of `decaySteps` only. Default false. */
  readonly staircase?: boolean;
}

export interface InverseTimeDecay extends Descriptor, InverseTimeDecayOptions {
  readonly kind: "inverseTimeDecay";
}

const rules = {
  ...scheduleRules,
  initialLearningRate: number({ min: 0 }),
  decaySteps: number({ above: 0 }),
  decayRate: number({ min: 0 }),
  staircase: optional(boolean),
};

/** initialLearningRate / (1 + decayRate · step / decaySteps) */
export const inverseTimeDecay = (options: InverseTimeDecayOptions): InverseTimeDecay =>
  describe<InverseTimeDecay>("inverseTimeDecay", options, rules);

export const inverseTimeDecaySchedule: ScheduleKind<InverseTimeDecay> = {
  kind: "inverseTimeDecay",
  rules,
  rate({ initialLearningRate, decaySteps, decayRate, staircase = false }, step, unit) {
    const decays = step / (decaySteps * unit);
    return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(decays) : decays));
  },
};
