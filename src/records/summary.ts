// What the files of a run tell in brief. Pure functions of its record.
import type { Intervals } from "../pipeline/events.ts";
import type { FinalNumbers, RunRecord } from "../pipeline/report/file.ts";

export interface RunSummary {
  readonly folder: string;
  readonly pipeline: string;
  /** As ISO 8601. */
  readonly started: string;
  readonly epochs: number;
  /** How many there were to be. */
  readonly planned: number;
  /** Of training. */
  readonly seconds: number;
  readonly state: "finished" | "interrupted" | "diverged";
  /** The first number that was asked for besides the loss, or else the loss; undefined before the first epoch has ended. */
  readonly metric?: Measure;
  readonly record: RunRecord;
}

export interface Measure {
  /** Such as "test accuracy". */
  readonly name: string;
  /** null where it is not defined. */
  readonly value: number | null;
  readonly interval?: readonly [number, number];
}

/** `written` is when its first file was, for runs that do not say when they began. */
export function summaryOf(folder: string, record: RunRecord, written: string): RunSummary {
  const { pipeline, report, history, metrics } = record;
  const [metric] = measuresOf(record);
  return {
    folder,
    pipeline: String(pipeline.name ?? ""),
    started: report?.started ?? written,
    epochs: history.length,
    planned: (pipeline.train as { epochs?: number } | undefined)?.epochs ?? 1,
    seconds: history.reduce((sum, epoch) => sum + epoch.seconds, 0),
    state: stateOf(metrics, history.length),
    ...(metric && { metric }),
    record,
  };
}

/** A run that goes on after its end has more epochs than its final numbers tell of. */
function stateOf(metrics: FinalNumbers | undefined, epochs: number): RunSummary["state"] {
  if (metrics?.reason === "nan") return "diverged";
  const whole = metrics !== undefined && (metrics.epochs === epochs || (epochs === 0 && metrics.crossValidation !== undefined));
  return whole ? "finished" : "interrupted";
}

/** What the run gave in the end, or after its last epoch where it did not come there: the main number first. */
export function measuresOf({ metrics, history }: RunRecord): Measure[] {
  for (const set of ["test", "validation"] as const) {
    const evaluation = metrics?.evaluation[set];
    if (evaluation !== undefined) return measures(set, evaluation.scalars, evaluation.intervals);
  }
  if (metrics?.crossValidation !== undefined) return measures("folds", metrics.crossValidation.mean);
  const { train, validation } = history.at(-1) ?? {};
  if (validation !== undefined) return measures("validation", validation);
  return train === undefined ? [] : measures("train", train);
}

function measures(set: string, scalars: Readonly<Record<string, number | null>>, intervals?: Intervals): Measure[] {
  const names = Object.keys(scalars);
  return [...names.filter((name) => name !== "loss"), ...names.filter((name) => name === "loss")].map((name) => {
    const interval = intervals?.scalars[name];
    return { name: `${set} ${name}`, value: scalars[name] ?? null, ...(interval && { interval }) };
  });
}
