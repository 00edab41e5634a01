// All six stages on MNIST: what a handwritten-digit classifier looks like from bytes to metrics.
import { adam, crop, dense, dropDuplicates, dropIncomplete, flatten, minMax, mnist, pipeline, rotate, zoom } from "lanewise";

export default pipeline({
  source: mnist(),
  clean: [dropDuplicates(), dropIncomplete()],
  normalize: [minMax({ to: [0, 1] })],
  augment: [rotate({ degrees: 10 }), zoom({ range: [0.9, 1.1] }), crop({ padding: 2 })],
  split: { test: "given", validation: 0.1, stratify: true },
  model: [flatten(), dense(128, { activation: "relu" }), dense(10, { activation: "softmax" })],
  train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 5, batchSize: 32 },
  evaluate: ["accuracy", "precision", "recall", "f1", "confusionMatrix"],
  seed: 7,
});
