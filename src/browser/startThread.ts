// Threads of a run that computes where it is called, in a worker of somebody else's. A run in a Worker of its own asks its page for them
// first: see threadsOfPage.ts. A thread whose team is closed stays, idle, for the next team, and ends with the worker that started it.
import type { StartThread } from "../wasm/threads.ts";
import { createThread } from "./createThread.ts";
import { isPage } from "./page.ts";

/** Workers without a team, by what they run. */
const idle = new Map<string, Worker[]>();

export const startThread: StartThread = (source, data) =>
  new Promise((resolve, reject) => {
    if (isPage) throw new Error("a page's own thread may not wait for others");
    const worker = idle.get(source)?.pop() ?? createThread(source);
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    worker.onmessage = ({ data: word }) => {
      if (word === "ready") return resolve({ ended: () => ended });
      idle.set(source, [...(idle.get(source) ?? []), worker]);
      end();
    };
    worker.onerror = (event) => {
      end();
      reject(new Error(event.message || "the worker was blocked"));
    };
    worker.postMessage(data);
  });
