// Cosine decay that starts again, over longer and longer periods and from lower and lower rates (Loshchilov & Hutter, 2016).
import { type Descriptor, describe, number, optional } from "../../check.ts";
import { pow } from "../../math.ts";
import { cosineShare } from "./cosineDecay.ts";
import { type ScheduleKind, type ScheduleOptions, scheduleRules } from "./schedule.ts";

interface CosineDecayRestartsOptions extends ScheduleOptions {
  readonly initialLearningRate: number;
  readonly firstDecaySteps: number;
  /** Each period is this many times as long as the one before. Default 2. */
  readonly tMul?: number;
  /** Each period starts from this part of the rate that the one before started from. Default 1. */
  readonly mMul?: number;
  /** The last rate of the first period, as a part of the first. Default 0. */
  readonly alpha?: number;
}

export interface CosineDecayRestarts extends Descriptor, CosineDecayRestartsOptions {
  readonly kind: "cosineDecayRestarts";
}

const rules = {
  ...scheduleRules,
  initialLearningRate: number({ min: 0 }),
  firstDecaySteps: number({ above: 0 }),
  tMul: optional(number({ min: 1 })),
  mMul: optional(number({ min: 0 })),
  alpha: optional(number({ min: 0, max: 1 })),
};

/** In period i: initialLearningRate · ((1 − alpha) · mMulⁱ · (1 + cos(π · done)) / 2 + alpha). */
export function cosineDecayRestarts(options: CosineDecayRestartsOptions): CosineDecayRestarts {
  return describe<CosineDecayRestarts>("cosineDecayRestarts", options, rules);
}

export const cosineDecayRestartsSchedule: ScheduleKind<CosineDecayRestarts> = {
  kind: "cosineDecayRestarts",
  rules,
  rate({ initialLearningRate, firstDecaySteps, tMul = 2, mMul = 1, alpha = 0 }, step, unit) {
    const { period, done } = periodAt(step / (firstDecaySteps * unit), tMul);
    return initialLearningRate * ((1 - alpha) * pow(mMul, period) * cosineShare(done, 0) + alpha);
  },
};

/** Where `time`, in first periods, falls. Periods are counted off, as a logarithm would miss a restart by rounding. */
function periodAt(time: number, tMul: number): { readonly period: number; readonly done: number } {
  if (tMul === 1) return { period: Math.floor(time), done: time - Math.floor(time) };
  let period = 0;
  let length = 1;
  while (time >= length) {
    time -= length;
    length *= tMul;
    period++;
  }
  return { period, done: time / length };
}
