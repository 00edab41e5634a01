// Starts the dedicated Worker of one run: from the text that is built into the package, or from a file that the page's server has.
import { PipelineError } from "../errors.ts";
import type { Message, Order, RunningWorker, StartWorker } from "../pipeline/remote.ts";
import type { WasmBuild } from "../wasm/binary.ts";
import { baseUrl } from "./page.ts";
import { pageThreads, type ThreadOrder } from "./threadsOfPage.ts";

/** The build of the kernels that the run needs, or where their twins in plain JavaScript are. */
export type Kernels =
  | { readonly build: WasmBuild; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly build: "js"; readonly url: string };

/** A Worker made from text has no address of its own, so the page's goes along for whatever is relative to it. */
export interface WorkerOrder extends Order {
  readonly base: string;
  readonly kernels: Kernels | undefined;
}

const HERE = "pass { worker: false } to compute in the page";

/** From the program's text. */
export const startWorkerFrom =
  (source: string, kernels: Kernels | undefined): StartWorker =>
  (order, receive) => {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const revoke = (): void => URL.revokeObjectURL(url);
    const wayOut = `allow worker-src blob: in the page's Content-Security-Policy, or serve the file lanewise/worker.js and pass { workerUrl }, or ${HERE}`;
    try {
      const worker = startWorker(url, wayOut, kernels, order, receive);
      return {
        ...worker,
        end() {
          worker.end();
          revoke();
        },
      };
    } catch (error) {
      revoke();
      throw error;
    }
  };

/** From the address of its file. */
export const startWorkerAt =
  (url: string | URL, kernels: Kernels | undefined): StartWorker =>
  (order, receive) =>
    startWorker(
      url,
      `serve the file lanewise/worker.js at ${url}, on the page's own origin and with its Cross-Origin-Embedder-Policy if it has one, or ${HERE}`,
      kernels,
      order,
      receive,
    );

function startWorker(
  url: string | URL,
  wayOut: string,
  kernels: Kernels | undefined,
  ...[order, receive]: Parameters<StartWorker>
): RunningWorker {
  const worker = createWorker(url, wayOut);
  const threads = pageThreads();
  const end = (): void => {
    worker.onmessage = worker.onmessageerror = worker.onerror = null;
    worker.terminate();
    threads.end();
  };
  const fail = (problem: string): void => {
    const { name, message, code, at } = new PipelineError("environment", "worker", problem);
    receive({ type: "error", error: { name, message, code, at } });
  };
  worker.onmessage = ({ data }: MessageEvent<Message | ThreadOrder>) => (data.type === "thread" ? threads.start(data) : receive(data));
  worker.onmessageerror = () => fail(`a message could not be read; ${HERE}`);
  worker.onerror = (event) => {
    event.preventDefault();
    // A program that cannot be loaded says nothing; one that breaks says why.
    fail(event.message ? `it broke: ${event.message}` : `it could not be started; ${wayOut}`);
  };
  try {
    worker.postMessage({ ...order, base: baseUrl(), kernels } satisfies WorkerOrder);
  } catch (cause) {
    end();
    throw new PipelineError("config", "pipeline", `it cannot be sent to a Worker: ${reason(cause)}; keep it plain data, or ${HERE}`, cause);
  }
  return { tell: (control) => worker.postMessage(control), end };
}

function createWorker(url: string | URL, wayOut: string): Worker {
  if (typeof Worker === "undefined") throw new PipelineError("environment", "worker", `there are no Workers here; ${HERE}`);
  try {
    return new Worker(url, { type: "module", name: "lanewise" });
  } catch (cause) {
    throw new PipelineError("environment", "worker", `it could not be started: ${reason(cause)}; ${wayOut}`, cause);
  }
}

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
