// The runs that lie in a folder.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readRecord } from "../../pipeline/report/readRecord.ts";
import { type RunSummary, summaryOf } from "../../records/summary.ts";
import { readStore } from "../store.ts";

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
  return summaryOf(folder, record, statSync(join(folder, "pipeline.json")).mtime.toISOString());
}
