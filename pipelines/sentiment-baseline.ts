// The same sentences as in sentiment.ts, as weighted words in no order, and one layer: logistic regression, which a network should beat before
// it is worth its trouble.
import {
  adam,
  dense,
  dropDuplicates,
  dropIncomplete,
  earlyStopping,
  normalizeText,
  pipeline,
  removePunctuation,
  rtPolarity,
  stem,
  tfidf,
  tokenize,
  vocabulary,
} from "lanewise";

export default pipeline({
  source: rtPolarity(),
  clean: [normalizeText(), removePunctuation(), dropDuplicates(), tokenize(), stem(), dropIncomplete()],
  normalize: [vocabulary({ minCount: 2 }), tfidf()],
  split: { test: 0.1, validation: 0.1, stratify: true },
  model: [dense(1, { activation: "sigmoid" })],
  train: {
    optimizer: adam({ learningRate: 0.005 }),
    loss: "binaryCrossentropy",
    epochs: 30,
    batchSize: 64,
    callbacks: [earlyStopping({ patience: 3 })],
  },
  evaluate: ["accuracy", "f1", "rocAuc"],
  seed: 1,
});
