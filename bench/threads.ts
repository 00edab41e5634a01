// Threads beside one thread: steps and products from tiny to large, as `run()` has them, which takes one thread where more do not pay.
import { arena } from "../src/graph/arena.ts";
import { emitter, nothing } from "../src/graph/emit.ts";
import { gemmScratch } from "../src/graph/gemm.ts";
import { assemble } from "../src/graph/program.ts";
import { startThread } from "../src/node/startThread.ts";
import { openSession } from "../src/pipeline/session.ts";
import type { Executor } from "../src/wasm/abi.ts";
import { loadWasm } from "../src/wasm/load.ts";
import { race, type Standing } from "./race.ts";
import { specOf, stepOf } from "./steps.ts";

export interface ThreadsRow {
  readonly name: string;
  /** Microseconds. */
  readonly alone: number;
  readonly together: number;
  /** How many times faster together. */
  readonly ratio: number;
}

interface Case {
  readonly name: string;
  open(threads: number): Promise<{ readonly executor: Executor; readonly run: () => void }>;
}

const STEPS: [units: readonly number[], batch: number][] = [
  [[4], 1],
  [[16], 8],
  [[128], 1],
  [[128], 32],
  [[128], 256],
  [[1024, 1024], 256],
];

const cases: readonly Case[] = [
  ...STEPS.map(
    ([units, batch]): Case => ({
      name: `training step 784-${units.join("-")}-10, batch ${batch}`,
      async open(threads) {
        const session = await openSession(specOf(batch, units), { backend: "wasm", strict: false, threads, startThread });
        return { executor: session.executor, run: stepOf(session, batch) };
      },
    }),
  ),
  ...[32, 64, 192, 768].map(
    (n): Case => ({
      name: `product ${n}×${n}×${n}`,
      async open(threads) {
        const executor = await loadWasm({ threads, startThread });
        const place = arena(executor);
        const [c, a, b] = [0, 1, 2].map(() => place.allocate(4 * n * n, "matrix"));
        if (!a || !b || !c) throw new Error("three matrices");
        for (const { address = 0, bytes } of [a, b]) executor.views.f32.fill(0.5, address / 4, (address + bytes) / 4);
        const emit = emitter(() => "product");
        emit.call("gemm_nn_f32", c, a, b, nothing, emit.buffer(gemmScratch(n, n, n)), n, n, n, 0, 0);
        return { executor, run: assemble(place, emit.calls).run };
      },
    }),
  ),
];

export async function threadsRows(threads: number, rounds: number): Promise<ThreadsRow[]> {
  const rows: ThreadsRow[] = [];
  for (const { name, open } of cases) {
    const [one, all] = [await open(1), await open(threads)];
    const [together, alone] = (await race(
      [
        { name: "together", run: all.run },
        { name: "alone", run: one.run },
      ],
      rounds,
    )) as [Standing, Standing];
    rows.push({ name, alone: alone.time, together: together.time, ratio: together.lead });
    await Promise.all([one.executor.close(), all.executor.close()]);
  }
  return rows;
}
