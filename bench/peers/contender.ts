// What a peer contributes to a race: something that computes the task and says how long it took, and what it computed.

export interface Contender {
  readonly peer: string;
  /** Computes for a while; microseconds for one product, or for one training step. */
  sample(): Promise<number>;
  close(): void | Promise<void>;
}

const MILLISECONDS = 12;

/**
 * The sampler of a `run` that holds `count` products or steps. A slot takes about 12 ms, at least one run. Warms up first, so that the
 * engine's best code is there and everything that is compiled on first use has been.
 */
export async function repeated(run: () => void | Promise<void>, count = 1): Promise<() => Promise<number>> {
  const slot = async (runs: number): Promise<number> => {
    const started = performance.now();
    for (let i = 0; i < runs; i++) {
      const pending = run();
      if (pending !== undefined) await pending;
    }
    return (performance.now() - started) / runs;
  };
  const started = performance.now();
  do await slot(1);
  while (performance.now() - started < 10 * MILLISECONDS);
  const runs = Math.max(1, Math.round(MILLISECONDS / (await slot(2))));
  return async () => ((await slot(runs)) * 1000) / count;
}
