// `run` in a browser: on a Worker of its own, or on the calling thread. Either way the engine is loaded when the run is subscribed to.
import type { Pipeline } from "../pipeline/define.ts";
import type { AsyncRun } from "../pipeline/iterate.ts";
import type { RunOptions } from "../pipeline/options.ts";
import { deferRun, remoteRun } from "../pipeline/remote.ts";
import type { Run } from "../pipeline/run.ts";
import { binary, buildFor } from "../wasm/binary.ts";
import { baseUrl } from "./page.ts";
import { type Kernels, startWorkerAt, startWorkerFrom } from "./startWorker.ts";

export interface BrowserRunOptions extends RunOptions {
  /** False computes on the calling thread. Default true: every run has a dedicated Worker, and the page stays responsive. */
  readonly worker?: boolean;
  /** Where the page's server has the file `lanewise/worker.js`, if its Content-Security-Policy refuses `blob:` Workers. */
  readonly workerUrl?: string | URL;
}

/** Carries out a pipeline. Cold: nothing happens until it is subscribed to or iterated; leaving cancels and ends the Worker. */
export function run(pipeline: Pipeline, { worker = true, workerUrl, ...options }: BrowserRunOptions = {}): AsyncRun {
  return deferRun(() => (worker ? runThere(workerUrl, options) : runHere()))(pipeline, options);
}

async function runThere(workerUrl: string | URL | undefined, { backend, strict }: RunOptions): Promise<Run> {
  const [kernels, source] = await Promise.all([
    backend !== "js" ? kernelsFor(strict === true) : workerUrl === undefined ? twins() : undefined,
    workerUrl === undefined ? import("./generated/workerSource.ts") : undefined,
  ]);
  return remoteRun(
    source === undefined ? startWorkerAt(workerUrl as string | URL, kernels) : startWorkerFrom(source.workerSource, kernels),
  );
}

async function kernelsFor(strict: boolean): Promise<Kernels> {
  const build = buildFor(strict);
  return { build, bytes: await binary(build) };
}

let twinsUrl: string | undefined;

/** Where a Worker has a file of its own, they have one beside it. */
async function twins(): Promise<Kernels> {
  const { twinsSource } = await import("./generated/twinsSource.ts");
  twinsUrl ??= URL.createObjectURL(new Blob([twinsSource], { type: "text/javascript" }));
  return { build: "js", url: twinsUrl };
}

async function runHere(): Promise<Run> {
  const [{ createRun }, { browserPlatform }] = await Promise.all([import("../pipeline/run.ts"), import("./platform.ts")]);
  return createRun(browserPlatform(baseUrl()));
}
