// What a learning-rate schedule is: a descriptor, and a pure function of the step. Names and formulas are Keras's.
import { type Descriptor, oneOf, optional, type Rules } from "../../check.ts";

export interface ScheduleOptions {
  /** What lengths such as `decaySteps` count: optimizer steps (the default) or whole epochs. */
  readonly unit?: "step" | "epoch";
}

export interface ScheduleKind<D extends Descriptor & ScheduleOptions> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  /** Refuses settings that do not fit each other. */
  check?(schedule: D, at: string): void;
  /** The rate at `step`, counted from 0; one unit of the descriptor's lengths is `unit` steps. */
  rate(schedule: D, step: number, unit: number): number;
}

export const scheduleRules = { unit: optional(oneOf("step", "epoch")) };
