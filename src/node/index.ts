// The package as Node sees it: the public names, and `run`, `loadModel` and `reportHtml` on Node's files.
import type { RunOptions } from "../pipeline/options.ts";
import { readRecord } from "../pipeline/report/readRecord.ts";
import { createRun } from "../pipeline/run.ts";
import { openModel, type TrainedModel } from "../pipeline/trainedModel.ts";
import { nodePlatform } from "./platform.ts";
import { readStore } from "./store.ts";

export * from "../index.ts";

/** Carries out a pipeline. Cold: nothing happens until it is subscribed to or iterated; leaving cancels. */
export const run = createRun(nodePlatform);

/** report.html of a run, from its folder: one page without scripts. Of a run that was cut off, as far as it came. */
export async function reportHtml(folder: string): Promise<string> {
  const report = await import("../report/reportHtml.ts");
  return report.reportHtml(await readRecord(readStore(folder)));
}

/** The model of a finished run, from its folder. */
export async function loadModel(folder: string, options: Pick<RunOptions, "backend" | "strict"> = {}): Promise<TrainedModel> {
  return openModel(readStore(folder), options);
}
