// The program of the dedicated Worker: carries out the one order that it is sent. `build.ts` bundles it into one file.
import { serve } from "../pipeline/remote.ts";
import { createRun } from "../pipeline/run.ts";
import { giveBinary } from "../wasm/binary.ts";
import { browserPlatform } from "./platform.ts";
import type { WorkerOrder } from "./startWorker.ts";

addEventListener(
  "message",
  ({ data: { base, kernels, ...order } }: MessageEvent<WorkerOrder>) => {
    if (kernels !== undefined) giveBinary(kernels.build, kernels.bytes);
    serve(createRun(browserPlatform(base)), order, (message, transfer) => postMessage(message, { transfer }));
  },
  { once: true },
);
