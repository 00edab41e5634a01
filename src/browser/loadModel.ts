// A trained model in a page, from wherever its run folder is.
import type { RunOptions } from "../pipeline/options.ts";
import type { TrainedModel } from "../pipeline/trainedModel.ts";
import { type RunFiles, readerOf } from "./runFiles.ts";

/** The model of a finished run. It computes on the calling thread. */
export async function loadModel(files: RunFiles, options: Pick<RunOptions, "backend" | "strict"> = {}): Promise<TrainedModel> {
  const [{ openModel }, reader] = await Promise.all([import("../pipeline/trainedModel.ts"), readerOf(files)]);
  return openModel(reader, options);
}
