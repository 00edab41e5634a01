// The program that Keras's books begin with: all 60,000 rows, no validation, no augmentation, 784 → 128 relu → 10 softmax, 5 epochs.
import { adam, dense, flatten, minMax, mnist, pipeline } from "lanewise";

export default pipeline({
  source: mnist(),
  normalize: [minMax({ to: [0, 1] })],
  split: { test: "given" },
  model: [flatten(), dense(128, { activation: "relu" }), dense(10, { activation: "softmax" })],
  train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 5, batchSize: 32 },
  evaluate: ["accuracy"],
  seed: 1,
});
