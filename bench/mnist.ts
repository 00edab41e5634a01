// The textbook program as a user runs it: an epoch of `run()` over rows in memory, shuffled, with events and metrics. On the real MNIST
// where `--data` or `$LANEWISE_DATA` has it, else on strokes; never from the network.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { adam, dense, flatten, minMax, mnist, pipeline, run, strokes } from "../src/node/index.ts";
import type { Build } from "../src/wasm/abi.ts";
import { type Standing, standings } from "./race.ts";

const BUILDS = ["relaxed", "simd", "js"] as const satisfies readonly Build[];

export interface Epoch {
  readonly name: string;
  readonly rows: number;
  /** Of one epoch, in the order relaxed, simd, js. */
  readonly standings: readonly Standing[];
}

export async function epoch(data: string | undefined, rounds: number): Promise<Epoch> {
  const folder = [data, process.env.LANEWISE_DATA].find((each) => each && existsSync(join(each, "mnist/train-images-idx3-ubyte.gz")));
  const program = pipeline({
    source: folder === undefined ? strokes() : mnist(),
    normalize: [minMax()],
    split: { test: "given" },
    model: [flatten(), dense(128, { activation: "relu" }), dense(10, { activation: "softmax" })],
    train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 1, batchSize: 32, checkpoint: false },
    evaluate: ["accuracy"],
    seed: 1,
  });
  let rows = 0;
  const times: number[][] = BUILDS.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, build] of BUILDS.entries()) {
      const options = { backend: build === "js" ? "js" : "wasm", strict: build === "simd", ...(folder && { data: folder }) } as const;
      for await (const event of run(program, options)) {
        if (event.type !== "epoch") continue;
        rows = Math.round(event.seconds * event.samplesPerSecond);
        (times[i] as number[]).push(event.seconds * 1e6);
      }
    }
  }
  const set = folder === undefined ? "strokes" : "MNIST";
  return {
    name: `epoch of run() on ${set}, batch 32`,
    rows,
    standings: standings(times),
  };
}
