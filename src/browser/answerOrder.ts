// What a run's Worker does: carries out the one order that it is sent, and heeds what it is told after that.
import { giveTwins } from "../js/load.ts";
import type { Platform } from "../pipeline/platform.ts";
import { type Control, serve } from "../pipeline/remote.ts";
import { createRun } from "../pipeline/run.ts";
import { giveBinary } from "../wasm/binary.ts";
import type { StartThread } from "../wasm/threads.ts";
import type { WorkerOrder } from "./startWorker.ts";
import { startThreadOfPage } from "./threadsOfPage.ts";

/** `platformOf` is given the page's address. */
export function answerOrder(platformOf: (base: string) => Platform): void {
  addEventListener(
    "message",
    ({ data: { base, kernels, ...order } }: MessageEvent<WorkerOrder>) => {
      if (kernels?.build === "js") giveTwins(() => import(/* @vite-ignore */ kernels.url));
      else if (kernels !== undefined) giveBinary(kernels.build, kernels.bytes);
      const platform = platformOf(base);
      // A page whose policy refuses `blob:` starts none; this Worker's file may have another policy.
      const startThread: StartThread = (source, data) => startThreadOfPage(source, data).catch(() => platform.startThread(source, data));
      const tell = serve(createRun({ ...platform, startThread }), order, (message, transfer) => postMessage(message, { transfer }));
      addEventListener("message", ({ data }: MessageEvent<Control>) => tell(data));
    },
    { once: true },
  );
}
