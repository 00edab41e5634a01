// The pipeline as a stream. A step takes the result of the one before, lets its events through as they happen, and hands on its own
// result; `andThen` chains steps (not `then`: a module that exports a `then` is taken for a promise by whoever imports it).
// Unsubscribing ends the step that runs, whose `finally` frees what it holds.
import { concatMap, Observable, type OperatorFunction, of } from "rxjs";
import type { RunEvent } from "./events.ts";

export type Step<I, O> = (input: I) => AsyncGenerator<RunEvent, O, undefined>;

export type Emission<O> = { readonly event: RunEvent } | { readonly result: O };

/** What becomes of a result that came when the subscriber had left. */
export type Release<O> = (result: O) => Promise<void>;

/** Runs a step for each result that comes in; events pass through. */
export function andThen<I, O>(step: Step<I, O>, release?: Release<O>): OperatorFunction<Emission<I>, Emission<O>> {
  return concatMap((emission) => {
    if ("event" in emission) return of(emission);
    const take = handOver(emission.result);
    return emissions(() => step(take()), release);
  });
}

/** Gives the value away, once, and forgets it: a table that a step has made into another must not stay in memory because of the stream. */
function handOver<I>(value: I): () => I {
  let held: { readonly value: I } | undefined = { value };
  return () => {
    if (held === undefined) throw new Error("a step's result is subscribed to once");
    const taken = held.value;
    held = undefined;
    return taken;
  };
}

/** What a generator yields, as events, and what it returns, as the result. */
export function emissions<O>(start: () => AsyncGenerator<RunEvent, O, undefined>, release?: Release<O>): Observable<Emission<O>> {
  return new Observable((subscriber) => {
    const generator = start();
    const drain = async (): Promise<void> => {
      for (;;) {
        const next = await generator.next();
        if (subscriber.closed) {
          if (next.done === true && next.value !== undefined) await release?.(next.value);
          return;
        }
        if (next.done === true) {
          subscriber.next({ result: next.value });
          subscriber.complete();
          return;
        }
        subscriber.next({ event: next.value });
        // The subscriber may have left while it looked at the event.
        if (subscriber.closed) return;
      }
    };
    drain().catch((error: unknown) => {
      if (!subscriber.closed) subscriber.error(error);
    });
    return () => {
      generator.return(undefined as O).catch(() => {
        // Nobody is left to be told.
      });
    };
  });
}
