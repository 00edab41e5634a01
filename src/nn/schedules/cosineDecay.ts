// Half a cosine wave from the first rate to its `alpha`th part, optionally after a straight warm-up (Loshchilov & Hutter, 2016).
import { type Descriptor, describe, number, optional } from "../../check.ts";
import { cos } from "../../math.ts";
import { type ScheduleKind, type ScheduleOptions, scheduleRules } from "./schedule.ts";

interface CosineDecayOptions extends ScheduleOptions {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  /** The last rate, as a part of the highest. Default 0. */
  readonly alpha?: number;
  /** The rate that the warm-up climbs to from `initialLearningRate`; without it there is no warm-up. */
  readonly warmupTarget?: number;
  /** Default 0. */
  readonly warmupSteps?: number;
}

export interface CosineDecay extends Descriptor, CosineDecayOptions {
  readonly kind: "cosineDecay";
}

const rules = {
  ...scheduleRules,
  initialLearningRate: number({ min: 0 }),
  decaySteps: number({ above: 0 }),
  alpha: optional(number({ min: 0, max: 1 })),
  warmupTarget: optional(number({ min: 0 })),
  warmupSteps: optional(number({ min: 0 })),
};

/** highest · ((1 − alpha) · (1 + cos(π · step / decaySteps)) / 2 + alpha), where steps count from the end of the warm-up. */
export const cosineDecay = (options: CosineDecayOptions): CosineDecay => describe<CosineDecay>("cosineDecay", options, rules);

export const cosineDecaySchedule: ScheduleKind<CosineDecay> = {
  kind: "cosineDecay",
  rules,
  rate({ initialLearningRate, decaySteps, alpha = 0, warmupTarget, warmupSteps = 0 }, step, unit) {
    const highest = warmupTarget ?? initialLearningRate;
    const warmup = warmupTarget === undefined ? 0 : warmupSteps * unit;
    if (step < warmup) return initialLearningRate + (highest - initialLearningRate) * (step / warmup);
    const done = Math.min((step - warmup) / (decaySteps * unit), 1);
    return highest * cosineShare(done, alpha);
  },
};

/** From 1 at `done` = 0 to `alpha` at 1. */
export const cosineShare = (done: number, alpha: number): number => ((1 - alpha) * (1 + cos(Math.PI * done))) / 2 + alpha;
