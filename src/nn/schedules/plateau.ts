// Lowers the learning rate when a watched number has stopped improving, after Keras's ReduceLROnPlateau. Its memory is plain data,
// so that a checkpoint can hold it.
import { type Descriptor, describe, number, optional } from "../../check.ts";
import { improves, type MonitorOptions, monitorRules } from "./monitor.ts";

interface ReduceOnPlateauOptions extends MonitorOptions {
  /** The rate is multiplied by this. Default 0.1. */
  readonly factor?: number;
  /** Epochs without improvement before it is. Default 10. */
  readonly patience?: number;
  /** Epochs after it during which nothing is counted. Default 0. */
  readonly cooldown?: number;
  /** Default 0. */
  readonly minLearningRate?: number;
}

export interface ReduceOnPlateau extends Descriptor, ReduceOnPlateauOptions {
  readonly kind: "reduceOnPlateau";
}

export interface PlateauState {
  readonly best: number | null;
  readonly wait: number;
  readonly cooldown: number;
  /** What the optimizer's rate or schedule is to be multiplied by. */
  readonly scale: number;
}

const rules = {
  ...monitorRules,
  minDelta: optional(number({ min: 0 })),
  factor: optional(number({ above: 0, below: 1 })),
  patience: optional(number({ min: 0, integer: true })),
  cooldown: optional(number({ min: 0, integer: true })),
  minLearningRate: optional(number({ min: 0 })),
};

/** Multiplies the learning rate by `factor` after `patience` epochs without an improvement of more than `minDelta` (0.0001). */
export const reduceOnPlateau = (options: ReduceOnPlateauOptions = {}): ReduceOnPlateau =>
  describe<ReduceOnPlateau>("reduceOnPlateau", options, rules);

export const plateau = {
  kind: "reduceOnPlateau",
  rules,
  start: (): PlateauState => ({ best: null, wait: 0, cooldown: 0, scale: 1 }),
  /** After an epoch whose watched number was `value`; `rate` is the learning rate that it ended with, `scale` included. */
  next(settings: ReduceOnPlateau, state: PlateauState, value: number, rate: number): PlateauState {
    const { factor = 0.1, patience = 10, minDelta = 1e-4, minLearningRate = 0 } = settings;
    const cooldown = Math.max(0, state.cooldown - 1);
    if (improves(settings, value, state.best, minDelta)) return { ...state, best: value, wait: 0, cooldown };
    if (cooldown > 0) return { ...state, wait: 0, cooldown };
    const wait = (state.cooldown > 0 ? 0 : state.wait) + 1;
    if (wait < patience || rate <= minLearningRate) return { ...state, wait, cooldown };
    const reduced = Math.max(rate * factor, minLearningRate);
    return { ...state, wait: 0, cooldown: settings.cooldown ?? 0, scale: state.scale * (reduced / rate) };
  },
};
