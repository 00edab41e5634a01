// Threads of a run in Node. A thread does not keep the process alive, and ends by itself when its team is closed.
import { Worker } from "node:worker_threads";
import type { StartThread } from "../wasm/threads.ts";

const PRELUDE = `const { workerData: data, parentPort } = require("node:worker_threads");
const ready = () => parentPort.postMessage("ready");
const done = () => {};`;

export const startThread: StartThread = (source, data) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(PRELUDE + source, { eval: true, workerData: data });
    const ended = new Promise<void>((end) => {
      worker.once("exit", () => end());
    });
    worker.once("error", reject);
    worker.once("message", () => {
      worker.unref();
      resolve({
        ended() {
          worker.ref();
          return ended;
        },
      });
    });
  });
