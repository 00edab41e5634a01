// The program with which Keras's books teach recurrent networks: is a film review positive? 10,000 words, 500 of each review, one LSTM.
import {
  adam,
  dense,
  dropDuplicates,
  dropIncomplete,
  embedding,
  encode,
  imdb,
  lstm,
  normalizeText,
  pad,
  pipeline,
  stripHtml,
  tokenize,
  vocabulary,
} from "lanewise";

export default pipeline({
  source: imdb(),
  clean: [stripHtml(), normalizeText(), dropDuplicates(), tokenize(), dropIncomplete()],
  normalize: [vocabulary({ maxWords: 10_000 }), encode(), pad({ length: 500 })],
  split: { test: "given", validation: 0.2 },
  model: [embedding(10_000, 32), lstm(32, { dropout: 0.2, recurrentDropout: 0.2 }), dense(2, { activation: "softmax" })],
  train: { optimizer: adam(), loss: "categoricalCrossentropy", epochs: 10, batchSize: 64 },
  evaluate: ["accuracy", "precision", "recall", "f1", "confusionMatrix"],
  seed: 1,
});
