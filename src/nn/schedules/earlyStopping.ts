// Ends training when a watched number has stopped improving, after Keras's EarlyStopping. Its memory is plain data, so that a
// checkpoint can hold it; the weights of `bestEpoch` are for the runner to keep.
import { boolean, type Descriptor, describe, number, optional } from "../../check.ts";
import { improves, type MonitorOptions, monitorRules } from "./monitor.ts";

interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without improvement before training ends. Default 0: the first one ends it. */
  readonly patience?: number;
  /** Waiting goes on until the number is better than this too. */
  readonly baseline?: number;
  /** Epochs at the start that are not looked at. Default 0. */
  readonly startFromEpoch?: number;
  /** Whether to end with the weights of the best epoch rather than the last. Default true. */
  readonly restoreBestWeights?: boolean;
}

export interface EarlyStopping extends Descriptor, EarlyStoppingOptions {
  readonly kind: "earlyStopping";
}

export interface StoppingState {
  readonly best: number | null;
  /** Counted from 1; 0 before any. Its weights are the ones to keep, so this equals `epoch` when they must be saved. */
  readonly bestEpoch: number;
  readonly wait: number;
  readonly stop: boolean;
}

const wholeNumber = number({ min: 0, integer: true });
const rules = {
  ...monitorRules,
  minDelta: optional(number({ min: 0 })),
  patience: optional(wholeNumber),
  baseline: optional(number()),
  startFromEpoch: optional(wholeNumber),
  restoreBestWeights: optional(boolean),
};

/** Ends training after `patience` epochs without an improvement of more than `minDelta` (0), and goes back to the best weights. */
export const earlyStopping = (options: EarlyStoppingOptions = {}): EarlyStopping =>
  describe<EarlyStopping>("earlyStopping", options, rules);

export const stopping = {
  kind: "earlyStopping",
  rules,
  start: (): StoppingState => ({ best: null, bestEpoch: 0, wait: 0, stop: false }),
  /** After epoch number `epoch`, counted from 1, whose watched number was `value`. */
  next(settings: EarlyStopping, state: StoppingState, value: number, epoch: number): StoppingState {
    const { patience = 0, minDelta = 0, baseline = null, startFromEpoch = 0 } = settings;
    if (epoch <= startFromEpoch) return state;
    const wait = state.wait + 1;
    if (improves(settings, value, state.best, minDelta)) {
      const beatsBaseline = baseline === null || improves(settings, value, baseline, minDelta);
      return { ...state, best: value, bestEpoch: epoch, wait: beatsBaseline ? 0 : wait };
    }
    return { ...state, bestEpoch: state.bestEpoch || epoch, wait, stop: wait >= patience && epoch > 1 };
  },
};
