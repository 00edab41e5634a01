// The threads of a run that has a Worker of its own. Its page starts them, beside that Worker and not below it: a worker that is ended
// while its parent is ended too may be kept by Chromium, with its parent, for as long as the page is there.
import { breakOff, type StartThread, type ThreadData } from "../wasm/threads.ts";
import { createThread } from "./createThread.ts";

/** What the run's Worker asks of the page. Through `port` come "ready" and "done", or why there is no thread. */
export interface ThreadOrder {
  readonly type: "thread";
  readonly source: string;
  readonly data: ThreadData;
  readonly port: MessagePort;
}

/** In the run's Worker. */
export const startThreadOfPage: StartThread = (source, data) =>
  new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    port1.onmessage = ({ data: word }) => {
      if (word === "ready") return resolve({ ended: () => ended });
      port1.close();
      end();
      reject(new Error(word));
    };
    postMessage({ type: "thread", source, data, port: port2 } satisfies ThreadOrder, { transfer: [port2] });
  });

export interface PageThreads {
  start(order: ThreadOrder): void;
  /** Those that sleep are woken up: terminated asleep, they would be left for two seconds more. */
  end(): void;
}

/** In the page. */
export function pageThreads(): PageThreads {
  const running = new Map<Worker, ThreadData>();
  return {
    start({ source, data, port }) {
      try {
        const worker = createThread(source);
        running.set(worker, data);
        const end = (why: string): void => {
          port.postMessage(why);
          running.delete(worker);
          worker.terminate();
        };
        worker.onmessage = ({ data: word }) => (word === "ready" ? port.postMessage(word) : end(word));
        worker.onerror = (event) => end(event.message || "the worker was blocked");
        worker.postMessage(data);
      } catch (error) {
        port.postMessage((error as Error).message);
      }
    },
    end() {
      for (const [worker, { memory }] of running) {
        breakOff(memory);
        worker.terminate();
      }
      running.clear();
    },
  };
}
