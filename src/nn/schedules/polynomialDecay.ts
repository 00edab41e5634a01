import { boolean, type Descriptor, describe, number, optional } from "../../check.ts";
import { pow } from "../../math.ts";
import { type ScheduleKind, type ScheduleOptions, scheduleRules } from "./schedule.ts";

interface PolynomialDecayOptions extends ScheduleOptions {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  /** Default 0.0001. */
  readonly endLearningRate?: number;
  /** 1 (the default) is a straight line. */
  readonly power?: number;
  /** Past the end, stretch the decay to the next multiple of `decaySteps` instead of staying there. Default false. */
  readonly cycle?: boolean;
}

export interface PolynomialDecay extends Descriptor, PolynomialDecayOptions {
  readonly kind: "polynomialDecay";
}

const rules = {
  ...scheduleRules,
  initialLearningRate: number({ min: 0 }),
  decaySteps: number({ above: 0 }),
  endLearningRate: optional(number({ min: 0 })),
  power: optional(number({ above: 0 })),
  cycle: optional(boolean),
};

/** (initialLearningRate − endLearningRate) · (1 − step / decaySteps)^power + endLearningRate. With a higher end it is a warm-up. */
export const polynomialDecay = (options: PolynomialDecayOptions): PolynomialDecay =>
  describe<PolynomialDecay>("polynomialDecay", options, rules);

export const polynomialDecaySchedule: ScheduleKind<PolynomialDecay> = {
  kind: "polynomialDecay",
  rules,
  rate({ initialLearningRate, decaySteps, endLearningRate = 0.0001, power = 1, cycle = false }, step, unit) {
    const length = decaySteps * unit;
    const end = cycle ? length * Math.max(1, Math.ceil(step / length)) : length;
    const left = 1 - Math.min(step, end) / end;
    return (initialLearningRate - endLearningRate) * pow(left, power) + endLearningRate;
  },
};
