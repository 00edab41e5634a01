// What a metric is: a descriptor, the name of its result, and how it is computed from predictions.
import type { Descriptor, Rules } from "../../check.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Predictions, TargetIs } from "./predictions.ts";
import type { Tally } from "./tally.ts";

/** Predictions with what several metrics ask of them, each computed once. */
export type Measured = Predictions & {
  actual(): Int32Array;
  predicted(): Int32Array;
  tally(): Tally;
  /** The target as `rows × cols` numbers. */
  values(): Float32Array;
};

export interface MetricKind<D extends Descriptor> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  /** What the target must be; the loss takes anything. */
  readonly needs: keyof TargetIs | "anything";
  readonly better: "higher" | "lower";
  /** What its result is called in `scalars`. */
  name(metric: D): string;
  /** The metric whose result is called `name`, so that a string can ask for it. */
  parse?(name: string): D | undefined;
  compute?(metric: D, on: Measured): number;
  /** What it adds to the evaluation beside a number. */
  report?(on: Measured): Partial<Evaluation>;
}

/** A metric without settings. */
export function plain(
  kind: string,
  needs: MetricKind<Descriptor>["needs"],
  better: MetricKind<Descriptor>["better"],
  compute: (on: Measured) => number,
): MetricKind<Descriptor> {
  return { kind, rules: {}, needs, better, name: () => kind, compute: (_, on) => compute(on) };
}

/** Zero division counts 0, as with scikit-learn's `zero_division=0`. */
export const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
