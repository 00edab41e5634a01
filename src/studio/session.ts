// A run that goes on, wherever it is carried out: what is known of it, and what it can be told.
import type { Pipeline } from "../pipeline/define.ts";
import type { RunEvent } from "../pipeline/events.ts";
import type { LiveStatus } from "../records/protocol.ts";
import { type RunState, reduce, startState } from "./runState.ts";
import { createStore, type Store } from "./store.ts";

export interface SessionView {
  readonly status: LiveStatus;
  readonly error?: string;
  readonly state: RunState;
  /** The folder that it is kept in, once it has one. */
  readonly run?: string;
  /** Why it could not be kept. */
  readonly notKept?: string;
}

export interface Session {
  /** What its address calls it. */
  readonly id: string;
  readonly where: "page" | "node";
  readonly file: string;
  readonly name: string;
  /** As ISO 8601. */
  readonly started: string;
  /** Empty where the server has not told. */
  readonly pipeline: Partial<Pipeline>;
  readonly view: Store<SessionView>;
  /** Seconds that it has run, without those that it was paused. */
  elapsed(): number;
  pause(): void;
  resume(): void;
  cancel(): void;
  /** Files that it has left in this page, by name. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  keep?(): Promise<void>;
}

export const isOver = (status: LiveStatus): boolean => status !== "running" && status !== "paused";

/** Counts the seconds in which something runs. */
export function stopwatch(): { elapsed(): number; run(runs: boolean): void } {
  let before = 0;
  let since: number | undefined = performance.now();
  const elapsed = (): number => before + (since === undefined ? 0 : (performance.now() - since) / 1000);
  return {
    elapsed,
    run(runs) {
      before = elapsed();
      since = runs ? performance.now() : undefined;
    },
  };
}

export const createView = (epochs: number): Store<SessionView> =>
  createStore<SessionView>({ status: "running", state: startState(epochs) });

export const take = (view: Store<SessionView>, event: RunEvent): void => {
  const { state, ...rest } = view.get();
  view.set({ ...rest, state: reduce(state, event) });
};

export const turn = (view: Store<SessionView>, change: Partial<Omit<SessionView, "state">>): void => view.set({ ...view.get(), ...change });
