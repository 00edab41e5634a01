// A run in a process of its own, for tests that kill it. Arguments: folder, "resume" or "", epochs. Prints a line for each epoch.
import {
  adam,
  cutout,
  dense,
  dropout,
  earlyStopping,
  flatten,
  minMax,
  noise,
  pipeline,
  reduceOnPlateau,
  rotate,
  run,
  strokes,
} from "../../src/node/index.ts";

const [out, resume, epochs] = process.argv.slice(2) as [string, string, string];

const digits = pipeline({
  source: strokes({ rows: 600, test: 100 }),
  normalize: [minMax()],
  augment: [rotate({ degrees: 10 }), noise({ deviation: 0.05 }), cutout({ size: 5 })],
  split: { test: "given", validation: 0.2 },
  model: [flatten(), dense(32, { activation: "relu" }), dropout(0.3), dense(10, { activation: "softmax" })],
  train: {
    optimizer: adam({ learningRate: 0.01 }),
    loss: "sparseCategoricalCrossentropy",
    epochs: Number(epochs),
    callbacks: [earlyStopping({ patience: 3 }), reduceOnPlateau({ patience: 1, factor: 0.5 })],
  },
  seed: 11,
});

for await (const event of run(digits, { out, resume: resume === "resume" })) {
  if (event.type === "epoch") console.log(`epoch ${event.epoch} rate ${event.learningRate}`);
  // Between two epochs there is time for the parent to kill this process in the middle of the next.
  if (event.type === "epoch") await new Promise((resolve) => setTimeout(resolve, 20));
}
