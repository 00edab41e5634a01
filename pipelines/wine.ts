// Which of three growers made the wine? Thirteen chemical measurements of 178 bottles (Forina et al., 1991), in five folds.
import { adam, csv, dense, pipeline, standardize } from "lanewise";

export default pipeline({
  source: csv({
    path: "tabular/wine_data.csv",
    url: "https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/wine_data.csv",
    sha256: "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede",
    // The first line holds how many rows and columns there are, and what the classes are called: it is no header.
    skip: 1,
    names: [
      "alcohol",
      "malic acid",
      "ash",
      "alcalinity of ash",
      "magnesium",
      "total phenols",
      "flavanoids",
      "nonflavanoid phenols",
      "proanthocyanins",
      "color intensity",
      "hue",
      "od280/od315",
      "proline",
      "grower",
    ],
    target: "grower",
  }),
  // Proline is in the hundreds, hue about 1: without this the network would see little but proline.
  normalize: [standardize()],
  split: { folds: 5, stratify: true },
  model: [dense(16, { activation: "relu" }), dense(3, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.01 }), loss: "sparseCategoricalCrossentropy", epochs: 30, batchSize: 16 },
  evaluate: ["accuracy", "f1", "confusionMatrix"],
  seed: 7,
});
