// Divided among threads, a training step computes the same bits. Threads are played one after the other, the last first, from meeting to
// meeting: an order in which a missing meeting shows.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { schedule } from "../../src/graph/schedule.ts";
import { isScratch } from "../../src/graph/shares.ts";
import { activation } from "../../src/nn/layers/activation.ts";
import { bidirectional } from "../../src/nn/layers/bidirectional.ts";
import { concatenate } from "../../src/nn/layers/concatenate.ts";
import { dense } from "../../src/nn/layers/dense.ts";
import { dropout } from "../../src/nn/layers/dropout.ts";
import { embedding } from "../../src/nn/layers/embedding.ts";
import { flatten } from "../../src/nn/layers/flatten.ts";
import { globalAveragePooling1d } from "../../src/nn/layers/globalAveragePooling1d.ts";
import { globalMaxPooling1d } from "../../src/nn/layers/globalMaxPooling1d.ts";
import { gru } from "../../src/nn/layers/gru.ts";
import type { Layer } from "../../src/nn/layers/layer.ts";
import { lstm } from "../../src/nn/layers/lstm.ts";
import { residual } from "../../src/nn/layers/residual.ts";
import { simpleRnn } from "../../src/nn/layers/simpleRnn.ts";
import { timeDistributed } from "../../src/nn/layers/timeDistributed.ts";
import type { Loss } from "../../src/nn/losses/index.ts";
import { adam } from "../../src/nn/optimizers/adam.ts";
import type { Optimizer } from "../../src/nn/optimizers/optimizer.ts";
import { rmsprop } from "../../src/nn/optimizers/rmsprop.ts";
import { sgd } from "../../src/nn/optimizers/sgd.ts";
import { l2 } from "../../src/nn/regularizers.ts";
import type { Executor, KernelArgs } from "../../src/wasm/abi.ts";
import { numbers } from "../support/graph.ts";
import { openRows } from "../support/session.ts";

const ROWS = 37;
const models: { name: string; model: Layer[]; loss: Loss; optimizer: Optimizer; classes?: number; width: number; ids?: number }[] = [
  {
    name: "classifier with dropout, residual and concatenation",
    model: [
      flatten(),
      dense(48, { activation: "relu", kernelRegularizer: l2(0.01) }),
      dropout(0.3),
      residual([dense(48, { activation: "tanh" }), activation("gelu")]),
      concatenate([[dense(16, { activation: "swish" })], []]),
      dense(5, { activation: "softmax" }),
    ],
    loss: "sparseCategoricalCrossentropy",
    optimizer: adam({ globalClipNorm: 1 }),
    classes: 5,
    width: 1,
  },
  {
    name: "regression",
    model: [flatten(), dense(33, { activation: "elu" }), dense(3)],
    loss: "huber",
    optimizer: rmsprop({ momentum: 0.9 }),
    width: 3,
  },
  {
    name: "embedding, by columns",
    model: [
      flatten(),
      embedding(11, 48, { maskZero: true, embeddingsRegularizer: l2(0.01) }),
      timeDistributed(dense(9, { activation: "tanh" })),
      concatenate([[globalAveragePooling1d()], [globalMaxPooling1d()], [flatten()]]),
      dense(5, { activation: "softmax" }),
    ],
    loss: "sparseCategoricalCrossentropy",
    optimizer: adam(),
    classes: 5,
    width: 1,
    ids: 11,
  },
  {
    name: "a class at every step, padding masked",
    model: [
      flatten(),
      embedding(11, 32, { maskZero: true }),
      bidirectional(lstm(6, { returnSequences: true, dropout: 0.1 })),
      dense(5, { activation: "softmax" }),
    ],
    loss: "sparseCategoricalCrossentropy",
    optimizer: adam(),
    classes: 5,
    width: 42,
    ids: 11,
  },
  {
    name: "recurrent layers",
    model: [
      lstm(9, { returnSequences: true, dropout: 0.2, recurrentDropout: 0.3 }),
      gru(5, { returnSequences: true }),
      simpleRnn(5, { goBackwards: true }),
      dense(2),
    ],
    loss: "mse",
    optimizer: adam(),
    width: 2,
  },
  {
    name: "a single sigmoid",
    model: [flatten(), dense(1, { activation: "sigmoid" })],
    loss: "binaryCrossentropy",
    optimizer: sgd({ momentum: 0.5, clipNorm: 0.1 }),
    width: 1,
  },
];

async function train({ model, loss, optimizer, classes, width, ids }: (typeof models)[number], threads = 0): Promise<string[]> {
  const y = classes === undefined ? numbers(ROWS * width, 2, 0, 1) : Array.from({ length: ROWS * width }, (_, i) => (i * 7) % classes);
  const session = await openRows(
    { shape: [ROWS, 6, 7], data: ids === undefined ? numbers(ROWS * 42, 1) : Array.from({ length: ROWS * 42 }, (_, i) => (i * i) % ids) },
    { shape: classes === undefined || width > 1 ? [ROWS, width] : [ROWS], data: y, ...(classes && { classes }) },
    { model, train: { loss, optimizer } },
    "simd",
  );
  const { executor, network, feed } = session;
  const program = network.trainProgram(ROWS);
  const scratchBytes =
    Math.max(...program.calls.flatMap((c) => c.args.map((a, i) => (typeof a === "object" && isScratch(c.kernel, i) ? a.bytes : 0)))) + 128;
  const top = Math.ceil(executor.views.u8.byteLength / 64) * 64;
  executor.reserve(top + threads * Math.ceil(scratchBytes / 64) * 64);
  const placed = schedule(
    program.calls,
    Math.max(1, threads),
    program.addressOf,
    (thread) => top + thread * Math.ceil(scratchBytes / 64) * 64,
  );
  const play = (on: Executor): void => {
    const next = placed.map(() => 0);
    while (placed.some((calls, t) => (next[t] as number) < calls.length)) {
      for (let t = threads - 1; t >= 0; t--) {
        const calls = placed[t] as (typeof placed)[number];
        for (; (next[t] as number) < calls.length; next[t] = (next[t] as number) + 1) {
          const call = calls[next[t] as number];
          if (call === undefined || call === "meet") break;
          on.call(call.kernel, ...(call.args as KernelArgs<number>[typeof call.kernel]));
        }
        next[t] = (next[t] as number) + 1;
      }
    }
  };
  if (threads > 0) Object.assign(program, { run: () => play(executor) });
  for (let t = 1; t <= 3; t++) {
    feed.point(
      Uint32Array.from({ length: ROWS }, (_, i) => (i * 5 + t) % ROWS),
      t,
    );
    network.train(ROWS, 0.01, t);
  }
  return network.read(true).map((w) => `${w.name} ${createHash("sha256").update(w.data).digest("hex")}`);
}

describe.each(models)("$name", (model) => {
  it.each([2, 3, 5])("computes the same bits on %i threads", async (threads) => {
    expect(await train(model, threads)).toEqual(await train(model));
  });
});
