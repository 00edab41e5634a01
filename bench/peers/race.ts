// Times contenders against each other in short rounds, each round all of them, A B C A B C …, so that a neighbour's work falls on
// everyone alike. Medians over the rounds: of the times, and of the ratios within a round.
import type { Contender } from "./contender.ts";

export interface Result {
  readonly peer: string;
  readonly microseconds: number;
  /** How many times lanewise's time, lanewise being the first. */
  readonly ratio: number;
}

export async function race(contenders: readonly Contender[], rounds: number): Promise<Result[]> {
  const samples: number[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) (samples[i] as number[]).push(await contender.sample());
  }
  const first = samples[0] as number[];
  return contenders.map(({ peer }, i) => {
    const own = samples[i] as number[];
    return { peer, microseconds: median(own), ratio: median(own.map((time, round) => time / (first[round] as number))) };
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
