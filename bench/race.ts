// Times contenders against each other: in short rounds, each round all of them, so that a neighbour's work falls on everyone alike.
// For the same reason all samples are equally long: one of 50 µs often slips between two interruptions, one of 5 ms never does.
import { Bench } from "tinybench";

export interface Contender {
  readonly name: string;
  readonly run: () => void;
}

export interface Standing {
  /** Microseconds a call: the median of the rounds' medians. */
  readonly time: number;
  /** How many times longer the last contender takes: the median of the rounds' ratios. */
  readonly lead: number;
}

const SAMPLE = 0.05;
const ROUND = 4;
/** Milliseconds that a race of slow contenders may take; it has three rounds at least. */
const LONGEST = 3000;

/** In the contenders' order. */
export async function race(contenders: readonly Contender[], rounds: number): Promise<Standing[]> {
  const single = contenders.map(({ run }) => millisecondsOf(run));
  const sample = Math.max(SAMPLE, ...single);
  const repeats = single.map((time) => Math.max(1, Math.round(sample / time)));
  const most = Math.max(3, Math.min(rounds, Math.floor(LONGEST / (contenders.length * Math.max(ROUND, sample)))));
  const times: number[][] = contenders.map(() => []);
  for (let round = 0; round < most; round++) {
    const bench = new Bench({ time: ROUND, warmup: false, iterations: 1 });
    contenders.forEach(({ name, run }, i) => {
      const count = repeats[i] as number;
      bench.add(name, () => {
        for (let r = 0; r < count; r++) run();
      });
    });
    await bench.run();
    bench.tasks.forEach((task, i) => {
      if (task.result.state !== "completed") throw new Error(`${task.name} did not complete`);
      (times[i] as number[]).push((task.result.latency.p50 * 1000) / (repeats[i] as number));
    });
  }
  return standings(times);
}

/** From each contender's times in the same rounds. */
export function standings(times: readonly (readonly number[])[]): Standing[] {
  const last = times.at(-1) as readonly number[];
  return times.map((own) => ({ time: median(own), lead: median(own.map((time, round) => (last[round] as number) / time)) }));
}

/** Of one call, after warming up. */
function millisecondsOf(run: () => void): number {
  const started = performance.now();
  let calls = 0;
  for (; performance.now() - started < 10; calls++) run();
  const again = performance.now();
  for (let i = 0; i < calls; i++) run();
  return (performance.now() - again) / calls;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
