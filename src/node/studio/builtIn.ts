// The pipeline that is there where there is none: pipelines/strokes.ts, as code of this package. It needs no file and no network.
import {
  adam,
  dense,
  dropDuplicates,
  dropout,
  earlyStopping,
  flatten,
  minMax,
  type Pipeline,
  pipeline,
  rotate,
  shift,
  strokes,
} from "../../index.ts";

export const builtIn: Pipeline = pipeline({
  name: "strokes",
  source: strokes(),
  clean: [dropDuplicates()],
  normalize: [minMax({ to: [0, 1] })],
  augment: [rotate({ degrees: 8 }), shift({ x: 0.06, y: 0.06 })],
  split: { test: "given", validation: 0.1, stratify: true },
  model: [flatten(), dense(128, { activation: "relu" }), dropout(0.2), dense(10, { activation: "softmax" })],
  train: {
    optimizer: adam(),
    loss: "sparseCategoricalCrossentropy",
    epochs: 12,
    batchSize: 32,
    callbacks: [earlyStopping({ patience: 3 })],
  },
  evaluate: ["accuracy", "precision", "recall", "f1", "confusionMatrix"],
  seed: 7,
});
