// Every learning-rate schedule by its kind: adding one is its file and a line here.
import { type Descriptor, describe, number, type Rule, rule } from "../../check.ts";
import { PipelineError, show, unknownName } from "../../errors.ts";
import { type CosineDecay, cosineDecaySchedule } from "./cosineDecay.ts";
import { type CosineDecayRestarts, cosineDecayRestartsSchedule } from "./cosineDecayRestarts.ts";
import { type ExponentialDecay, exponentialDecaySchedule } from "./exponentialDecay.ts";
import { type InverseTimeDecay, inverseTimeDecaySchedule } from "./inverseTimeDecay.ts";
import { type OneCycle, oneCycleSchedule } from "./oneCycle.ts";
import { type PiecewiseConstantDecay, piecewiseConstantDecaySchedule } from "./piecewiseConstantDecay.ts";
import { type PolynomialDecay, polynomialDecaySchedule } from "./polynomialDecay.ts";
import type { ScheduleKind, ScheduleOptions } from "./schedule.ts";
import { type StepDecay, stepDecaySchedule } from "./stepDecay.ts";

const known = [
  exponentialDecaySchedule,
  inverseTimeDecaySchedule,
  polynomialDecaySchedule,
  piecewiseConstantDecaySchedule,
  cosineDecaySchedule,
  cosineDecayRestartsSchedule,
  stepDecaySchedule,
  oneCycleSchedule,
];

export const schedules: ReadonlyMap<string, ScheduleKind<Descriptor & ScheduleOptions>> = new Map(
  known.map((s) => [s.kind, s as ScheduleKind<Descriptor & ScheduleOptions>]),
);

export type Schedule =
  | CosineDecay
  | CosineDecayRestarts
  | ExponentialDecay
  | InverseTimeDecay
  | OneCycle
  | PiecewiseConstantDecay
  | PolynomialDecay
  | StepDecay;

const constantRate = number({ above: 0 });

/** A constant rate, or a schedule such as cosineDecay({ … }). */
export const scheduleRule: Rule = rule(
  { type: "either", of: [constantRate.form, { type: "descriptor", family: "schedule" }] },
  (value, at) => {
    if (typeof value === "number") return constantRate(value, at);
    const kind = (value as Descriptor | null | undefined)?.kind;
    if (typeof kind !== "string")
      throw new PipelineError("config", at, `expected a number > 0 or a schedule such as cosineDecay({ … }), got ${show(value)}`);
    const found = schedules.get(kind);
    if (found === undefined) throw new PipelineError("config", at, unknownName("schedule", kind, [...schedules.keys()]));
    const schedule = describe(kind, value as Descriptor & ScheduleOptions, found.rules, at);
    found.check?.(schedule, at);
  },
);

/** The rate of the step number `step`, counted from 0 over the whole run. */
export function learningRate(schedule: number | Schedule, step: number, { stepsPerEpoch }: { readonly stepsPerEpoch: number }): number {
  if (typeof schedule === "number") return schedule;
  const found = schedules.get(schedule.kind);
  if (found === undefined) throw new PipelineError("config", "learningRate", unknownName("schedule", schedule.kind, [...schedules.keys()]));
  return found.rate(schedule, step, schedule.unit === "epoch" ? stepsPerEpoch : 1);
}
