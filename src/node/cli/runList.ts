// The runs that lie in a folder, with what their files tell in brief.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Intervals } from "../../pipeline/events.ts";
import type { FinalNumbers, RunRecord } from "../../pipeline/report/file.ts";
import { readRecord } from "../../pipeline/report/readRecord.ts";
import { readStore } from "../store.ts";

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

const isRun = (folder: string): boolean => statSync(join(folder, "pipeline.json"), { throwIfNoEntry: false })?.isFile() === true;

/** The folders of runs right in this folder, the oldest first. */
export async function runsIn(folder: string): Promise<RunSummary[]> {
  const folders = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter(isRun);
  const runs: RunSummary[] = [];
  for (const run of folders) runs.push(await summaryOfRun(run));
  return runs.sort((a, b) => (a.started < b.started ? -1 : 1));
}

export async function summaryOfRun(folder: string): Promise<RunSummary> {
  const record = await readRecord(readStore(folder));
  const { pipeline, report, history, metrics } = record;
  const [metric] = measuresOf(record);
  return {
    folder,
    pipeline: String(pipeline.name ?? ""),
    started: report?.started ?? statSync(join(folder, "pipeline.json")).mtime.toISOString(),
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
