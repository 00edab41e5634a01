// Times contenders against each other: in short rounds, each round all of them, so that a neighbour's work falls on everyone alike.
// Medians of medians.
import { Bench } from "tinybench";

export interface Contender {
  readonly name: string;
  readonly run: () => void;
}

/** Microseconds a call of each, in their order. */
export async function race(contenders: readonly Contender[], rounds: number, milliseconds = 4): Promise<number[]> {
  const repeats = contenders.map(({ run }) => repeatsOf(run));
  const samples: number[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const bench = new Bench({ time: milliseconds, warmup: false, iterations: 3 });
    contenders.forEach(({ name, run }, i) => {
      const count = repeats[i] as number;
      bench.add(name, () => {
        for (let r = 0; r < count; r++) run();
      });
    });
    await bench.run();
    bench.tasks.forEach((task, i) => {
      if (task.result.state !== "completed") throw new Error(`${task.name} did not complete`);
      (samples[i] as number[]).push((task.result.latency.p50 * 1000) / (repeats[i] as number));
    });
  }
  return samples.map(median);
}

/** So many calls take about 50 µs, in which the clock's own time is lost. Warms up on the way. */
function repeatsOf(run: () => void): number {
  const started = performance.now();
  let calls = 0;
  for (; performance.now() - started < 10; calls++) run();
  const again = performance.now();
  for (let i = 0; i < calls; i++) run();
  return Math.max(1, Math.round((0.05 * calls) / (performance.now() - again)));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
