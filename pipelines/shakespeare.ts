// A model that writes: which character follows, learned from a million characters of Shakespeare. Then
// `lanewise generate runs/shakespeare-… --prompt "ROMEO:"`.
import { adam, dense, embedding, encode, lstm, pad, pipeline, tinyShakespeare, tokenize, vocabulary } from "lanewise";

export default pipeline({
  source: tinyShakespeare({ length: 64, test: 0.1 }),
  clean: [tokenize({ by: "characters" })],
  normalize: [vocabulary(), encode(), pad({ length: 64, side: "post" })],
  split: { test: "given", validation: 0.05 },
  model: [embedding(128, 32), lstm(128, { returnSequences: true }), dense(65, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.003 }), loss: "sparseCategoricalCrossentropy", epochs: 10, batchSize: 64 },
  evaluate: ["accuracy"],
  seed: 1,
});
