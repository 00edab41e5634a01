// Threads of a run in Node. A thread does not keep the process alive, and ends by itself when its team is closed.
import { Worker } from "node:worker_threads";
import type { StartThread } from "../wasm/threads.ts";

export const startThread: StartThread = (source, data) =>
  new Promise((resolve, reject) => {
    const whole = `const { workerData: data, parentPort } = require("node:worker_threads"); const ready = () => parentPort.postMessage(0); const done = () => {}; ${source}`;
    const worker = new Worker(whole, { eval: true, workerData: data });
    worker.once("error", reject);
    worker.once("message", () => {
      worker.unref();
      resolve(worker);
    });
  });
