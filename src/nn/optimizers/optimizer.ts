// What an optimizer is: a descriptor, how many numbers it remembers per weight, one kernel call over the whole arena of weights, and
// the few numbers that the call reads at each step.
import { type Descriptor, number, optional, type Rules } from "../../check.ts";
import type { Buffer, Emit } from "../../graph/emit.ts";
import { type Schedule, scheduleRule } from "../schedules/index.ts";

export interface Optimizer extends Descriptor {
  /** A number, or a schedule such as cosineDecay(…). */
  readonly learningRate?: number | Schedule;
  /** Clips every gradient value to [-clipValue, clipValue]. */
  readonly clipValue?: number;
  /** Scales the gradient of each weight tensor to at most this norm. */
  readonly clipNorm?: number;
  /** Scales all gradients together to at most this norm. */
  readonly globalClipNorm?: number;
  /** Decoupled: each step first takes learningRate · weightDecay · w from the weights. */
  readonly weightDecay?: number;
}

export interface OptimizerKind<D extends Optimizer> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  readonly learningRate: number;
  /** The state kept for each weight, by name. */
  slots(optimizer: D): readonly string[];
  update(emit: Emit, optimizer: D, weights: Buffer, gradients: Buffer, slots: readonly Buffer[], n: number, hyper: Buffer): void;
  /** What `hyper` holds at step `t`, counted from 1, in float64; stored as f32. */
  hyper(optimizer: D, learningRate: number, t: number): readonly number[];
}

export const optimizerRules = {
  learningRate: optional(scheduleRule),
  clipValue: optional(number({ above: 0 })),
  clipNorm: optional(number({ above: 0 })),
  globalClipNorm: optional(number({ above: 0 })),
  weightDecay: optional(number({ min: 0 })),
};

export type OptimizerOptions = Omit<Optimizer, "kind">;
