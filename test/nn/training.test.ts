// Whole Keras runs, number for number: fit(shuffle=False) from given weights, loss after every batch, final weights, predictions.
import { describe, expect, it } from "vitest";
import { dense } from "../../src/nn/layers/dense.ts";
import { embedding } from "../../src/nn/layers/embedding.ts";
import { gru } from "../../src/nn/layers/gru.ts";
import { lstm } from "../../src/nn/layers/lstm.ts";
import { adam } from "../../src/nn/optimizers/adam.ts";
import type { Optimizer } from "../../src/nn/optimizers/optimizer.ts";
import { rmsprop } from "../../src/nn/optimizers/rmsprop.ts";
import { sgd } from "../../src/nn/optimizers/sgd.ts";
import { l1, l2 } from "../../src/nn/regularizers.ts";
import type { Pipeline } from "../../src/pipeline/define.ts";
import { golden, noGolden } from "../support/golden.ts";
import { builds } from "../support/graph.ts";
import { openRows, type Rows } from "../support/session.ts";

interface KerasRun {
  readonly id: string;
  readonly batchSize: number;
  readonly epochs: number;
  readonly x: Rows;
  readonly y: Rows;
  readonly initWeights: readonly Rows[];
  readonly finalWeights: readonly Rows[];
  readonly runningLossAfterEachBatch: readonly number[];
  readonly prediction: Rows;
}

const ours: Readonly<
  Record<string, Pick<Pipeline, "model"> & { loss: Pipeline["train"]["loss"]; optimizer: Optimizer; classes?: number }>
> = {
  mlp_mse_sgd: { model: [dense(7, { activation: "tanh" }), dense(2)], loss: "meanSquaredError", optimizer: sgd({ learningRate: 0.1 }) },
  mlp_scce_adam: {
    model: [dense(11, { activation: "relu" }), dense(3, { activation: "softmax" })],
    loss: "sparseCategoricalCrossentropy",
    optimizer: adam({ learningRate: 0.01 }),
    classes: 3,
  },
  logreg_bce_rmsprop: {
    model: [dense(1, { activation: "sigmoid" })],
    loss: "binaryCrossentropy",
    optimizer: rmsprop({ learningRate: 0.05 }),
  },
  l2_regularised: {
    model: [dense(6, { activation: "relu", kernelRegularizer: l2(0.01) }), dense(2, { kernelRegularizer: l1(0.005) })],
    loss: "mse",
    optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }),
  },
  lstm_last: {
    model: [lstm(5), dense(2, { activation: "softmax" })],
    loss: "sparseCategoricalCrossentropy",
    optimizer: adam({ learningRate: 0.02 }),
    classes: 2,
  },
  gru_seq: {
    model: [embedding(7, 4), gru(5, { returnSequences: true }), dense(7, { activation: "softmax" })],
    loss: "sparseCategoricalCrossentropy",
    optimizer: adam({ learningRate: 0.02 }),
    classes: 7,
  },
  clip_global: {
    model: [dense(7, { activation: "tanh" }), dense(2)],
    loss: "mse",
    optimizer: sgd({ learningRate: 0.1, globalClipNorm: 0.5 }),
  },
};

const runs = (golden<KerasRun>("keras/training") ?? []).filter((run) => run.id in ours);

describe.skipIf(noGolden)("training as Keras does (needs ../shared/golden)", () => {
  it("covers the runs that our layers can express", () => {
    expect(runs.map((run) => run.id).sort()).toEqual(Object.keys(ours).sort());
  });

  describe.each(runs)("$id", (run) => {
    it.each(builds)("has the same losses, weights and predictions (%s)", async (build) => {
      const { model, loss, optimizer, classes } = ours[run.id] as (typeof ours)[string];
      const learningRate = optimizer.learningRate as number;
      const session = await openRows(run.x, { ...run.y, ...(classes && { classes }) }, { model, train: { loss, optimizer } }, build);
      const names = session.network.read().map((t) => t.name);
      session.network.write(
        names.map((name, i) => ({
          name,
          shape: (run.initWeights[i] as Rows).shape,
          data: Float32Array.from((run.initWeights[i] as Rows).data),
        })),
      );

      const rows = run.x.shape[0] as number;
      const losses: number[] = [];
      let t = 0;
      for (let epoch = 0; epoch < run.epochs; epoch++) {
        let sum = 0;
        for (let start = 0; start < rows; start += run.batchSize) {
          const count = Math.min(run.batchSize, rows - start);
          session.feed.point(
            Uint32Array.from({ length: count }, (_, i) => start + i),
            ++t,
          );
          sum += session.network.train(count, learningRate, t).loss * count;
          losses.push(sum / (start + count));
        }
      }
      expectClose(losses, run.runningLossAfterEachBatch, 3e-6);
      session.network.read().forEach((tensor, i) => {
        expectClose(tensor.data, (run.finalWeights[i] as Rows).data, 1e-5);
      });
      const { outputs } = await session.predict(0, rows, async () => {});
      expectClose(outputs, run.prediction.data, 1e-5);
    });
  });
});

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((e, i) => {
    expect(Math.abs((actual[i] as number) - e), `value ${i}: ${actual[i]} against ${e}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(e)),
    );
  });
}
