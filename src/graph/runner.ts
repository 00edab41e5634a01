import type { Executor } from "../wasm/abi.ts";

const TRIALS = 8;
const PERIOD = 500;
/** Of the time of all runs, what trials of the slower way may take. */
const COST = 0.01;
/** Milliseconds; no clock of a browser tells less apart. */
const SHORTEST = 0.005;

/**
 * Threads pay only where there is enough to do and cores are free; the bits are the same either way. So, now and then, a few runs take
 * turns, alone and together, and those up to the next trial go the way that was faster (by the quickest run of each, as a neighbour's work
 * only ever adds time). The more a trial cost, against the runs that it serves, the longer its verdict holds: a step of ten
 * microseconds would otherwise pay dearly for waking a thread that it does not want.
 */
export function runner(
  executor: Pick<Executor, "run" | "runTogether">,
  alone: number,
  together: readonly number[],
  now: () => number = () => performance.now(),
): () => void {
  const go = (shared: boolean): void => (shared ? executor.runTogether(together) : executor.run(alone));
  let times: [alone: number[], together: number[]] = [[], []];
  let useThreads = false;
  let left = 0;
  return () => {
    if (left > 0) {
      left--;
      return go(useThreads);
    }
    const shared = times[0].length > times[1].length;
    const started = now();
    go(shared);
    times[shared ? 1 : 0].push(now() - started);
    if (times[1].length < TRIALS / 2) return;
    const [quickest, other] = [Math.min(...times[0]), Math.min(...times[1])];
    useThreads = other < quickest;
    const best = Math.max(SHORTEST, Math.min(quickest, other));
    const lost = times[useThreads ? 0 : 1].reduce((sum, time) => sum + time - best, 0);
    left = Math.max(PERIOD, Math.ceil(lost / (COST * best)));
    times = [[], []];
  };
}
