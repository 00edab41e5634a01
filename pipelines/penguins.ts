// Three species of penguins told apart by four measurements, their island and their sex; cells are missing.
import { adam, csv, dense, fillMissing, oneHot, pipeline, standardize } from "lanewise";

export default pipeline({
  source: csv({
    path: "seaborn/penguins.csv",
    url: "https://raw.githubusercontent.com/mwaskom/seaborn-data/master/penguins.csv",
    target: "species",
  }),
  clean: [fillMissing({ strategy: "median", columns: "numeric" }), fillMissing({ strategy: "mostFrequent", columns: "category" })],
  normalize: [standardize(), oneHot()],
  split: { test: 0.2, stratify: true },
  model: [dense(16, { activation: "relu" }), dense(3, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.01 }), loss: "sparseCategoricalCrossentropy", epochs: 60, batchSize: 16 },
  evaluate: ["accuracy", "f1", "confusionMatrix"],
  seed: 7,
});
