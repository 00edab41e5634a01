// Work on many rows, in small parts: whoever drives it shows how far it is, lets other things happen, and can end it.

/** Yields how many rows are done; returns the result. */
export type Work<T> = Generator<number, T, undefined>;

/** Does it all at once. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}
