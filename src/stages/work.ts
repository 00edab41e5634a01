// Work on many rows, in small parts: whoever drives it shows how far it is, lets other things happen, and can end it.

/** Yields how many rows are done; returns the result. */
export type Work<T> = Generator<number, T, undefined>;

/** As `Work`, and yields what has to be waited for before it goes on. */
export type WaitingWork<T> = Generator<number | Promise<unknown>, T, undefined>;

/** Does it all at once, where it need not wait. */
export function finish<T>(work: WaitingWork<T>): T {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    if (next.value instanceof Promise) throw new Error("this work waits for something, and cannot be done at once");
  }
}
