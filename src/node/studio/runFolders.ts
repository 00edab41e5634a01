// The runs that were kept: read for the page, and written where the page has carried one out.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { PipelineError } from "../../errors.ts";
import { isRunFile } from "../../pipeline/artifacts.ts";
import type { RunDetail, RunRow } from "../../records/protocol.ts";
import type { RunSummary } from "../../records/summary.ts";
import { writeReport } from "../cli/report.ts";
import { placeOf } from "../cli/runFolder.ts";
import { runsIn, summaryOfRun } from "../cli/runList.ts";
import { openStore, readStore } from "../store.ts";

export interface RunFolders {
  /** The oldest first. */
  list(): Promise<RunRow[]>;
  read(run: string): Promise<RunDetail>;
  /** Undefined where there is no such file. */
  file(run: string, name: string): Promise<Uint8Array | undefined>;
  /** A new folder, for a run of this name that a page brings; gives the folder's name. */
  create(name: string): string;
  /** Only into folders that `create` has made. */
  write(run: string, name: string, bytes: Uint8Array): Promise<void>;
  /** All files have been written: makes the report. */
  finish(run: string): Promise<void>;
}

export function openRunFolders(root: string): RunFolders {
  const open = new Set<string>();
  /** A folder right in `root` that holds a run; its name is no path. */
  const find = (run: string): string => {
    if (!isName(run) || !existsSync(join(root, run, "pipeline.json")))
      throw new PipelineError("io", run, `there is no such run in ${root}/`);
    return join(root, run);
  };
  const opened = (run: string): string => {
    if (!open.has(run)) throw new PipelineError("config", run, "no page has begun this run");
    return join(root, run);
  };
  return {
    async list() {
      if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
      return (await runsIn(root)).map(rowOf);
    },
    async read(run) {
      const summary = await summaryOfRun(find(run));
      return { summary: rowOf(summary), record: summary.record };
    },
    async file(run, name) {
      return isRunFile(name) ? readStore(find(run)).read(name) : undefined;
    },
    create(name) {
      const { out } = placeOf(name, undefined, undefined);
      const run = out.slice(root.length + 1);
      open.add(run);
      return run;
    },
    async write(run, name, bytes) {
      if (!isRunFile(name)) throw new PipelineError("config", name, "no run leaves a file of this name");
      const folder = opened(run);
      await (await openStore(folder)).write(name, bytes);
    },
    async finish(run) {
      const folder = opened(run);
      open.delete(run);
      await writeReport(folder);
    },
  };
}

const isName = (run: string): boolean => run !== "" && !/[/\\]/.test(run) && run !== "." && run !== "..";

const rowOf = ({ record: _, folder, ...summary }: RunSummary): RunRow => ({ ...summary, folder: folder.split(/[/\\]/).at(-1) as string });
