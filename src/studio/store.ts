// A value that views follow.
import { useEffect, useState } from "preact/hooks";

export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** Returns what ends it. */
  follow(look: () => void): () => void;
}

export function createStore<T>(first: T): Store<T> {
  let value = first;
  const followers = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const follower of [...followers]) follower();
    },
    follow(look) {
      followers.add(look);
      return () => {
        followers.delete(look);
      };
    },
  };
}

/** No view is drawn more often. */
const REDRAW_MS = 200;

/** The value; the view is drawn anew when it changes, five times a second at most. */
export function useStore<T>(store: Store<T>): T {
  const [, redraw] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const draw = (): void => {
      timer = undefined;
      last = performance.now();
      redraw((n) => n + 1);
    };
    const end = store.follow(() => {
      timer ??= setTimeout(draw, Math.max(0, REDRAW_MS - (performance.now() - last)));
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [store]);
  return store.get();
}

/** What a promise gives; `again` asks anew. */
export interface Loading<T> {
  readonly value?: T;
  readonly error?: string;
  again(): void;
}

export function useLoaded<T>(load: () => Promise<T>, inputs: readonly unknown[]): Loading<T> {
  const [round, setRound] = useState(0);
  const [result, setResult] = useState<{ readonly value?: T; readonly error?: string }>({});
  useEffect(() => {
    let here = true;
    load().then(
      (value) => here && setResult({ value }),
      (error: unknown) => here && setResult({ error: (error as Error).message }),
    );
    return () => {
      here = false;
    };
  }, [...inputs, round]);
  return { ...result, again: () => setRound((n) => n + 1) };
}
