// What a metric is: a descriptor, the name of its result, and how it is computed from predictions.
import type { Descriptor, Rules } from "../../check.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Predictions, TargetIs } from "./predictions.ts";
import type { Passing } from "./ranking.ts";
import type { OfSample, Sample } from "./sample.ts";
import type { Tally } from "./tally.ts";

/** Predictions with what several metrics ask of them, each computed once. */
export type Measured = Predictions & {
  /** Every row, once. */
  readonly all: Sample;
  actual(): Int32Array;
  predicted(): Int32Array;
  tally(sample: Sample): Tally;
  /** The target as `rows × cols` numbers. */
  values(): Float32Array;
  /** The rows by their score for a class, walked for a sample. */
  ranking(label: number): (sample: Sample) => Passing;
  /** Why the outputs are not probabilities, where they are not. */
  improbable(): string | undefined;
};

export interface MetricKind<D extends Descriptor> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  /** What the target must be; the loss takes anything. */
  readonly needs: keyof TargetIs | "anything";
  readonly better: "higher" | "lower";
  /** Of a second name: the first, which messages use. */
  readonly aliasOf?: string;
  /** What its result is called in `scalars`. */
  name(metric: D): string;
  /** The metric whose result is called `name`, so that a string can ask for it. */
  parse?(name: string): D | undefined;
  /** Looks at the predictions once; what it returns is asked for one sample of the rows after the other. NaN is "not defined". */
  compute?(metric: D, on: Measured): OfSample;
  /** What it adds to the evaluation beside a number. */
  report?(on: Measured): Partial<Evaluation>;
  /** What its number does not tell by itself, such as why there is none. */
  note?(on: Measured): string | undefined;
}

/** A metric without settings. */
export function plain(
  kind: string,
  needs: MetricKind<Descriptor>["needs"],
  better: MetricKind<Descriptor>["better"],
  compute: (on: Measured) => OfSample,
  note?: (on: Measured) => string | undefined,
): MetricKind<Descriptor> {
  return { kind, rules: {}, needs, better, name: () => kind, compute: (_, on) => compute(on), ...(note && { note }) };
}

/** The same metric by another name; its result bears that name. */
export function alias<D extends Descriptor>(name: string, { kind, ...metric }: MetricKind<D>): MetricKind<D> {
  const { parse: _, ...rest } = metric;
  return { ...rest, kind: name, name: () => name, aliasOf: kind };
}

/** Zero division counts 0, as with scikit-learn's `zero_division=0`. */
export const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
