// The package as Node sees it: the public names, and `run` and `loadModel` on Node's files.
import type { RunOptions } from "../pipeline/options.ts";
import { createRun } from "../pipeline/run.ts";
import { openModel, type TrainedModel } from "../pipeline/trainedModel.ts";
import { nodePlatform } from "./platform.ts";
import { readStore } from "./store.ts";

export * from "../index.ts";

/** Carries out a pipeline. Cold: nothing happens until it is subscribed to or iterated; leaving cancels. */
export const run = createRun(nodePlatform);

/** The model of a finished run, from its folder. */
export async function loadModel(folder: string, options: Pick<RunOptions, "backend" | "strict"> = {}): Promise<TrainedModel> {
  return openModel(readStore(folder), options);
}
