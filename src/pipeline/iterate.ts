// `for await` over a run: leaving the loop unsubscribes.
import type { Observable } from "rxjs";
import type { RunEvent } from "./events.ts";

export type AsyncRun = Observable<RunEvent> & AsyncIterable<RunEvent>;

export function iterable(run: Observable<RunEvent>): AsyncRun {
  return Object.assign(run, { [Symbol.asyncIterator]: () => iterate(run) });
}

async function* iterate(run: Observable<RunEvent>): AsyncGenerator<RunEvent, void, undefined> {
  const queue: RunEvent[] = [];
  let wake: () => void = () => {};
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  const subscription = run.subscribe({
    next(event) {
      queue.push(event);
      wake();
    },
    error(error: unknown) {
      failure = { error };
      wake();
    },
    complete() {
      ended = true;
      wake();
    },
  });
  try {
    for (;;) {
      for (let event = queue.shift(); event !== undefined; event = queue.shift()) yield event;
      if (failure !== undefined) throw failure.error;
      if (ended) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    subscription.unsubscribe();
  }
}
