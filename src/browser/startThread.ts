// Threads of a run in a page: workers of the run's own worker. Their source is a Blob, as there is no file that a bundler could keep.
import type { StartThread } from "../wasm/threads.ts";
import { isPage } from "./page.ts";

export const startThread: StartThread = (source, data) =>
  new Promise((resolve, reject) => {
    if (isPage) throw new Error("a page's own thread may not wait for others");
    const whole = `const ready = () => postMessage(0); const done = () => close(); onmessage = ({ data }) => { ${source} };`;
    const url = URL.createObjectURL(new Blob([whole], { type: "text/javascript" }));
    const worker = new Worker(url);
    worker.onmessage = () => {
      URL.revokeObjectURL(url);
      resolve(worker);
    };
    worker.onerror = (event) => {
      URL.revokeObjectURL(url);
      reject(new Error(event.message || "the worker was blocked"));
    };
    worker.postMessage(data);
  });
