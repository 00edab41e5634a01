// `run` on a thread of its own, so that the server answers while it computes.
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { PipelineError } from "../../errors.ts";
import { type Message, type Order, remoteRun } from "../../pipeline/remote.ts";

/** Beside this file's sources, and beside the bundle's parts. */
const program = new URL(`../studio/worker${extname(import.meta.url)}`, import.meta.url);

export const nodeRun = remoteRun((order: Order, receive: (message: Message) => void) => {
  const worker = new Worker(program, { workerData: order });
  const fail = (problem: string): void => {
    const { name, message, code, at } = new PipelineError("environment", "run", problem);
    receive({ type: "error", error: { name, message, code, at } });
  };
  worker.on("message", receive);
  worker.on("error", (error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  worker.on("exit", (code) => fail(`its thread ended with code ${code}`));
  return {
    tell: (control) => worker.postMessage(control),
    end() {
      worker.removeAllListeners();
      worker.on("error", () => {});
      void worker.terminate();
    },
  };
});
