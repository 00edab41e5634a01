import { type Descriptor, describe, number, optional } from "../../check.ts";
import { pow } from "../../math.ts";
import { type ScheduleKind, type ScheduleOptions, scheduleRules } from "./schedule.ts";

interface StepDecayOptions extends ScheduleOptions {
  readonly initialLearningRate: number;
  readonly stepSize: number;
  /** Default 0.1. */
  readonly gamma?: number;
}

export interface StepDecay extends Descriptor, StepDecayOptions {
  readonly kind: "stepDecay";
}

const rules = {
  ...scheduleRules,
  initialLearningRate: number({ min: 0 }),
  stepSize: number({ above: 0 }),
  gamma: optional(number({ above: 0 })),
};

/** initialLearningRate · gamma^⌊step / stepSize⌋; with unit "epoch", PyTorch's StepLR. */
export const stepDecay = (options: StepDecayOptions): StepDecay => describe<StepDecay>("stepDecay", options, rules);

export const stepDecaySchedule: ScheduleKind<StepDecay> = {
  kind: "stepDecay",
  rules,
  rate: ({ initialLearningRate, stepSize, gamma = 0.1 }, step, unit) =>
    initialLearningRate * pow(gamma, Math.floor(step / (stepSize * unit))),
};
