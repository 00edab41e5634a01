// Is a sentence from a film review praise? Small enough to train in seconds. Ten thousand sentences are few for a network: words in no order
// (sentiment-baseline.ts) do as well, so ask both before you trust either.
import {
  adam,
  bidirectional,
  dense,
  dropDuplicates,
  dropIncomplete,
  dropout,
  earlyStopping,
  embedding,
  encode,
  lstm,
  normalizeText,
  pad,
  pipeline,
  removePunctuation,
  rtPolarity,
  tokenize,
  vocabulary,
  wordDropout,
} from "lanewise";

export default pipeline({
  source: rtPolarity(),
  clean: [normalizeText(), removePunctuation(), dropDuplicates(), tokenize(), dropIncomplete()],
  normalize: [vocabulary({ maxWords: 10_000, minCount: 2 }), encode(), pad({ length: 40 })],
  augment: [wordDropout({ rate: 0.1 })],
  split: { test: 0.1, validation: 0.1, stratify: true },
  model: [embedding(10_000, 32, { maskZero: true }), bidirectional(lstm(16)), dropout(0.5), dense(1, { activation: "sigmoid" })],
  train: {
    optimizer: adam(),
    loss: "binaryCrossentropy",
    epochs: 10,
    batchSize: 64,
    callbacks: [earlyStopping({ patience: 2 })],
  },
  evaluate: ["accuracy", "f1", "rocAuc"],
  seed: 1,
});
