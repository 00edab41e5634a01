import { type Descriptor, describe, listOf, narrowed, number, type Rule } from "../../check.ts";
import { PipelineError, show } from "../../errors.ts";
import { type ScheduleKind, type ScheduleOptions, scheduleRules } from "./schedule.ts";

interface PiecewiseConstantDecayOptions extends ScheduleOptions {
  /** Rising; each is the last step of its value. */
  readonly boundaries: readonly number[];
  /** One more than there are boundaries. */
  readonly values: readonly number[];
}

export interface PiecewiseConstantDecay extends Descriptor, PiecewiseConstantDecayOptions {
  readonly kind: "piecewiseConstantDecay";
}

const numbers = listOf(number({ min: 0 }));
const rising: Rule = narrowed(numbers, (value, at) => {
  const boundaries = value as number[];
  if (boundaries.some((b, i) => i > 0 && b <= (boundaries[i - 1] as number))) {
    throw new PipelineError("config", at, `expected rising boundaries, got ${show(value)}`);
  }
});

const rules = { ...scheduleRules, boundaries: rising, values: numbers };

/** values[i] up to and including step boundaries[i], and the last value after that. */
export function piecewiseConstantDecay(options: PiecewiseConstantDecayOptions): PiecewiseConstantDecay {
  const schedule = describe<PiecewiseConstantDecay>("piecewiseConstantDecay", options, rules);
  checkLengths(schedule, "piecewiseConstantDecay");
  return schedule;
}

function checkLengths({ boundaries, values }: PiecewiseConstantDecay, at: string): void {
  if (values.length === boundaries.length + 1) return;
  throw new PipelineError(
    "config",
    `${at}.values`,
    `expected ${boundaries.length + 1} values for ${boundaries.length} boundaries, got ${values.length}`,
  );
}

export const piecewiseConstantDecaySchedule: ScheduleKind<PiecewiseConstantDecay> = {
  kind: "piecewiseConstantDecay",
  rules,
  check: checkLengths,
  rate({ boundaries, values }, step, unit) {
    const passed = boundaries.findIndex((boundary) => step <= boundary * unit);
    return values[passed < 0 ? boundaries.length : passed] as number;
  },
};
