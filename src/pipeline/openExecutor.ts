// What carries out a run's programs, as its options ask, or the nearest that is to be had here; a warning says why it is another.
import { loadTwins } from "../js/load.ts";
import { type Executor, MOST_THREADS } from "../wasm/abi.ts";
import { loadWasm } from "../wasm/load.ts";
import { capabilities } from "../wasm/probe.ts";
import type { RunContext } from "./context.ts";
import type { WarningEvent } from "./events.ts";

/** Nothing is open while it yields. */
export async function* openExecutor(context: RunContext): AsyncGenerator<WarningEvent, Executor, undefined> {
  const { options, platform } = context;
  if (options.backend === "js") return loadTwins();
  const { threads, warning } = threadsOf(context);
  if (warning !== undefined) yield { type: "warning", at: "threads", message: warning };
  const settings = { strict: options.strict === true, threads, startThread: platform.startThread };
  if (options.wide === true) {
    const wide = (await platform.loadWide?.(settings)) ?? "vectors of 256 bits need Node";
    if (typeof wide === "object") return wide;
    yield { type: "warning", at: "wide", message: `${wide}; computing with 128` };
  }
  return loadWasm(settings);
}

/** The number of threads to use, and why it is fewer than were asked for. */
function threadsOf({ options, platform }: RunContext): { threads: number; warning?: string } {
  if (options.threads === undefined || options.threads === 1) return { threads: 1 };
  if (!capabilities().sharedMemory) {
    const why = "shared memory is not available here: a page must be cross-origin isolated";
    return {
      threads: 1,
      warning: `${why} (send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp); using one thread`,
    };
  }
  // Beyond the physical cores, threads of one core get in each other's way.
  const auto = platform.cores >= 8 ? Math.floor(platform.cores / 2) : platform.cores;
  const threads = options.threads === "auto" ? auto : options.threads;
  return { threads: Math.max(1, Math.min(threads, MOST_THREADS)) };
}
