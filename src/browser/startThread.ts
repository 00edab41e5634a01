// Threads of a run in a page: workers of the run's own worker. Their source is a Blob, as there is no file that a bundler could keep.
import type { StartThread } from "../wasm/threads.ts";
import { isPage } from "./page.ts";

const PRELUDE = `const ready = () => postMessage("ready");
const done = () => { postMessage("done"); close(); };
`;

export const startThread: StartThread = (source, data) =>
  new Promise((resolve, reject) => {
    if (isPage) throw new Error("a page's own thread may not wait for others");
    const url = URL.createObjectURL(new Blob([`${PRELUDE}onmessage = ({ data }) => { ${source} };`], { type: "text/javascript" }));
    const worker = new Worker(url);
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    worker.onmessage = ({ data: word }) => {
      if (word === "done") return end();
      URL.revokeObjectURL(url);
      resolve({ ended: () => ended });
    };
    worker.onerror = (event) => {
      URL.revokeObjectURL(url);
      reject(new Error(event.message || "the worker was blocked"));
    };
    worker.postMessage(data);
  });
