// The embedded digits must be worth training on: out of a linear model's reach, within that of a small network.
import { expect, it } from "vitest";
import { adam, dense, flatten, minMax, type Pipeline, run, strokes } from "../../src/node/index.ts";

async function accuracy(model: Pipeline["model"]): Promise<number> {
  const pipeline: Pipeline = {
    source: strokes(),
    normalize: [minMax()],
    split: { test: "given" },
    model,
    train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 10 },
    seed: 1,
  };
  for await (const event of run(pipeline)) if (event.type === "done") return event.test?.accuracy as number;
  throw new Error("the run did not end");
}

it("keeps a linear model under 0.95", async () => {
  expect(await accuracy([flatten(), dense(10, { activation: "softmax" })])).toBeLessThan(0.95);
});

it("lets a network of 128 hidden units reach 0.97", async () => {
  expect(await accuracy([flatten(), dense(128, { activation: "relu" }), dense(10, { activation: "softmax" })])).toBeGreaterThan(0.97);
});
