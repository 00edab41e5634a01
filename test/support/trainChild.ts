// A run in a process of its own, for tests that kill it. Arguments: folder, "resume" or "", optimizer, and the epoch in which
// it kills itself, if any. Prints a line for each epoch before that.
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
  sgd,
  strokes,
} from "../../src/node/index.ts";

const [out, resume, optimizer, last] = process.argv.slice(2) as [string, string, string, string?];

const digits = pipeline({
  source: strokes({ rows: 600, test: 100 }),
  normalize: [minMax()],
  augment: [rotate({ degrees: 10 }), noise({ deviation: 0.05 }), cutout({ size: 5 })],
  split: { test: "given", validation: 0.2 },
  model: [flatten(), dense(32, { activation: "relu" }), dropout(0.3), dense(10, { activation: "softmax" })],
  train: {
    optimizer: optimizer === "adam" ? adam({ learningRate: 0.01 }) : sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true }),
    loss: "sparseCategoricalCrossentropy",
    epochs: 8,
    callbacks: [earlyStopping({ patience: 3, minDelta: 0.02 }), reduceOnPlateau({ patience: 1, factor: 0.5, minDelta: 0.3 })],
  },
  seed: 11,
});

run(digits, { out, resume: resume === "resume" }).subscribe((event) => {
  if (event.type !== "epoch") return;
  if (event.epoch === Number(last)) process.kill(process.pid, "SIGKILL");
  console.log(`epoch ${event.epoch} rate ${event.learningRate}`);
});
