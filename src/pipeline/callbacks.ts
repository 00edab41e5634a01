// What may act between epochs. A callback's memory is plain data: checkpoints hold it.
import { type Descriptor, describe, type Rule, type Rules, rule } from "../check.ts";
import { PipelineError, show, unknownName } from "../errors.ts";
import { type EarlyStopping, type StoppingState, stopping } from "../nn/schedules/earlyStopping.ts";
import { type EpochScalars, monitored } from "../nn/schedules/monitor.ts";
import { type PlateauState, plateau, type ReduceOnPlateau } from "../nn/schedules/plateau.ts";

export type Callback = EarlyStopping | ReduceOnPlateau;

export const callbackKinds: Readonly<Record<string, { readonly rules: Rules }>> = { [stopping.kind]: stopping, [plateau.kind]: plateau };

export const callbacksRule: Rule = rule({ type: "list", of: { type: "descriptor", family: "callback" } }, (value, at) => {
  if (!Array.isArray(value)) throw new PipelineError("config", at, `expected a list such as [earlyStopping()], got ${show(value)}`);
  value.forEach((item: unknown, i) => {
    const kind = (item as Descriptor | null)?.kind;
    const found = typeof kind === "string" && Object.hasOwn(callbackKinds, kind) ? callbackKinds[kind] : undefined;
    if (found === undefined)
      throw new PipelineError(
        "config",
        `${at}[${i}]`,
        typeof kind === "string"
          ? unknownName("callback", kind, Object.keys(callbackKinds))
          : `expected earlyStopping() or reduceOnPlateau(), got ${show(item)}`,
      );
    describe(kind as string, item as Descriptor, found.rules, `${at}[${i}] ${kind}`);
  });
});

export type CallbackState = StoppingState | PlateauState;

export const startCallbacks = (callbacks: readonly Callback[]): readonly CallbackState[] =>
  callbacks.map((c) => (c.kind === "earlyStopping" ? stopping.start() : plateau.start()));

export interface Verdict {
  readonly states: readonly CallbackState[];
  /** What the learning rate is to be multiplied by from now on. */
  readonly rateScale: number;
  readonly stop: boolean;
  /** This epoch's weights are the ones to come back to. */
  readonly keep: boolean;
}

/** After an epoch: `rate` is the learning rate that it ended with. */
export function nextCallbacks(
  callbacks: readonly Callback[],
  states: readonly CallbackState[],
  scalars: EpochScalars,
  epoch: number,
  rate: number,
): Verdict {
  let stop = false;
  let keep = false;
  const next = callbacks.map((callback, i) => {
    const value = monitored(callback, scalars, `train.callbacks[${i}] ${callback.kind}`);
    if (callback.kind === "reduceOnPlateau") return plateau.next(callback, states[i] as PlateauState, value, rate);
    const state = stopping.next(callback, states[i] as StoppingState, value, epoch);
    stop ||= state.stop;
    keep ||= callback.restoreBestWeights !== false && state.bestEpoch === epoch;
    return state;
  });
  return { states: next, rateScale: rateScale(next), stop, keep };
}

/** The product of what all plateau callbacks have reached. */
export function rateScale(states: readonly CallbackState[]): number {
  return states.reduce((scale, state) => ("scale" in state ? scale * state.scale : scale), 1);
}

/** The metrics of the validation rows that callbacks ask for by name. */
export function watched(callbacks: readonly Callback[]): string[] {
  return callbacks.flatMap(({ monitor }) => (monitor?.startsWith("validation.") ? [monitor.slice("validation.".length)] : []));
}
