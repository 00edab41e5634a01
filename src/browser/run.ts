// `run` in a browser: on a Worker of its own, or on the calling thread. Either way the engine is loaded when the run is subscribed to.
import type { Pipeline } from "../pipeline/define.ts";
import type { AsyncRun } from "../pipeline/iterate.ts";
import type { RunOptions } from "../pipeline/options.ts";
import { deferRun, remoteRun } from "../pipeline/remote.ts";
import type { Run } from "../pipeline/run.ts";
import { baseUrl } from "./page.ts";
import { startWorkerAt, startWorkerFrom } from "./startWorker.ts";

export interface BrowserRunOptions extends RunOptions {
  /** False computes on the calling thread. Default true: every run has a dedicated Worker, and the page stays responsive. */
  readonly worker?: boolean;
  /** Where the page's server has the file `lanewise/worker.js`, if its Content-Security-Policy refuses `blob:` Workers. */
  readonly workerUrl?: string | URL;
}

/** Carries out a pipeline. Cold: nothing happens until it is subscribed to or iterated; leaving cancels and ends the Worker. */
export function run(pipeline: Pipeline, { worker = true, workerUrl, ...options }: BrowserRunOptions = {}): AsyncRun {
  return engine(worker, workerUrl)(pipeline, options);
}

function engine(worker: boolean, workerUrl: string | URL | undefined): Run {
  if (!worker) return deferRun(runHere);
  if (workerUrl !== undefined) return remoteRun(startWorkerAt(workerUrl));
  return deferRun(async () => remoteRun(startWorkerFrom((await import("./generated/workerSource.ts")).workerSource)));
}

async function runHere(): Promise<Run> {
  const [{ createRun }, { browserPlatform }] = await Promise.all([import("../pipeline/run.ts"), import("./platform.ts")]);
  return createRun(browserPlatform(baseUrl()));
}
