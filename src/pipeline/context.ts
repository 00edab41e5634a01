// What every step of one run shares.
import type { Table } from "../data/table.ts";
import type { WaitingWork, Work } from "../stages/work.ts";
import type { Pipeline } from "./define.ts";
import type { CrossValidation, FoldPlace, FoldResult, ProgressEvent, StageEvent, StageName, WarningEvent } from "./events.ts";
import type { RunOptions } from "./options.ts";
import { type PauseSignal, resumed } from "./pause.ts";
import type { Platform, Store } from "./platform.ts";

export interface RunContext {
  readonly pipeline: Pipeline;
  readonly options: RunOptions;
  readonly platform: Platform;
  /** Fires when the subscriber leaves or the caller's signal fires. */
  readonly signal: AbortSignal;
  readonly store: Store | undefined;
  readonly started: number;
  /** Where the run is one of several folds. */
  readonly fold?: { readonly place: FoldPlace; tags(table: Table): Work<Uint8Array> };
  /** The folds before it. */
  readonly finished?: readonly FoldResult[];
  /** What all folds came to, where this is the model that is trained after them. */
  readonly crossValidation?: CrossValidation;
}

export const seedOf = (pipeline: Pipeline): number => pipeline.seed ?? 0;

/** Collects events that happen inside a call that cannot yield, such as a source that is loading. */
export interface Reporter {
  progress(done: number, total: number, what: string): void;
  warn(at: string, message: string): void;
}

/**
 * Runs `work` and yields what it reports while it runs; returns its result. Progress is passed on ten times a second at most.
 */
export async function* reporting<T>(
  stage: StageName,
  work: (report: Reporter) => Promise<T>,
): AsyncGenerator<ProgressEvent | WarningEvent, T, undefined> {
  let latest: ProgressEvent | undefined;
  const warnings: WarningEvent[] = [];
  let wake: () => void = () => {};
  const promise = work({
    progress(done, total, what) {
      latest = { type: "progress", stage, what, done, total };
    },
    warn(at, message) {
      warnings.push({ type: "warning", at, message });
      wake();
    },
  });
  let settled = false;
  const finished = promise.then(
    () => {
      settled = true;
    },
    () => {
      settled = true;
    },
  );
  while (!settled) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([
      finished,
      new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, 100);
      }),
    ]);
    clearTimeout(timer);
    if (latest !== undefined) yield latest;
    latest = undefined;
    yield* warnings.splice(0);
  }
  return promise;
}

/** Lets the event loop turn: timers fire, messages arrive, a cancellation gets through. */
export function breathe(): Promise<void> {
  const { setImmediate: immediate } = globalThis as { setImmediate?: (callback: () => void) => void };
  return new Promise((resolve) => {
    if (immediate !== undefined) return immediate(resolve);
    // A timer would wait: browsers hold timers back for milliseconds, and for a second where the page is hidden.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** What can be cancelled and paused: a run. */
export interface Interruptible {
  readonly signal: AbortSignal;
  readonly options: { readonly pause?: PauseSignal };
}

/**
 * Does the work, at most a twentieth of a second at a time, and yields how far it is. Waits while the run is paused, throws once it is
 * cancelled.
 */
export async function* driven<T>(
  { signal, options }: Interruptible,
  stage: StageName,
  what: string,
  total: number,
  work: WaitingWork<T>,
): AsyncGenerator<ProgressEvent, T, undefined> {
  let last = performance.now();
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    if (next.value instanceof Promise) {
      await unlessAborted(signal, next.value);
      continue;
    }
    if (performance.now() - last < SLICE_MS) continue;
    await breathe();
    await resumed(options.pause, signal);
    yield { type: "progress", stage, what, done: next.value, total };
    last = performance.now();
  }
}

async function unlessAborted(signal: AbortSignal, promise: Promise<unknown>): Promise<void> {
  signal.throwIfAborted();
  let leave = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave);
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

/** How long a program may compute before it lets the event loop turn. */
const SLICE_MS = 50;

/**
 * For a long computation to call after each of its parts: gives way to the event loop now and then, waits while the run is paused, and
 * throws once it is cancelled.
 */
export function pacer({ signal, options }: Interruptible): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last >= SLICE_MS) {
      await breathe();
      last = performance.now();
    }
    if (options.pause?.paused) await resumed(options.pause, signal);
    signal.throwIfAborted();
  };
}

/** Does the work, and lets other things happen meanwhile. */
export async function paced<T>(work: Work<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    await pause();
  }
}

export function stageEvent(
  stage: StageName,
  kind: string,
  started: number,
  facts: Partial<StageEvent> & Pick<StageEvent, "rowsIn" | "rowsOut">,
): StageEvent {
  return { type: "stage", stage, kind, changed: 0, removed: [], note: "", seconds: (performance.now() - started) / 1000, ...facts };
}
