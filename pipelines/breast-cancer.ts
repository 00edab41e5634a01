// Benign or malignant? Thirty measurements of the cell nuclei in 569 images of breast tissue (Wisconsin, 1993), in five folds.
import { adam, csv, dense, dropout, pipeline, rocAuc, standardize } from "lanewise";

// Each measurement is taken of every nucleus of an image; the table has its mean, its standard error, and the mean of the three largest.
const measurements = [
  "radius",
  "texture",
  "perimeter",
  "area",
  "smoothness",
  "compactness",
  "concavity",
  "concave points",
  "symmetry",
  "fractal dimension",
];

export default pipeline({
  source: csv({
    path: "tabular/breast_cancer.csv",
    url: "https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/breast_cancer.csv",
    sha256: "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed",
    // The first line holds how many rows and columns there are, and what the classes are called: it is no header.
    skip: 1,
    names: [...["mean", "error", "worst"].flatMap((of) => measurements.map((what) => `${of} ${what}`)), "diagnosis"],
    target: "diagnosis",
    // The file writes 0 for malignant. Class 1 is what a single output says the probability of, and what precision and recall are of.
    classes: ["malignant", "benign"],
  }),
  normalize: [standardize()],
  // So few rows that which of them are test rows decides much: each is one once, and the mean over the folds is told with its deviation.
  split: { folds: 5, stratify: true },
  model: [dense(16, { activation: "relu" }), dropout(0.2), dense(1, { activation: "sigmoid" })],
  train: { optimizer: adam({ learningRate: 0.003 }), loss: "binaryCrossentropy", epochs: 40, batchSize: 32 },
  evaluate: ["accuracy", "recall", rocAuc(), "confusionMatrix"],
  seed: 7,
});
