/** Shows what a step yields, and gives what it returns. */
export async function drain<E, R>(events: AsyncGenerator<E, R, undefined>, show: (event: E) => void): Promise<R> {
  for (;;) {
    const next = await events.next();
    if (next.done === true) return next.value;
    show(next.value);
  }
}
