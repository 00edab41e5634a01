// Who survived the Titanic? 891 passengers by class, sex, age, family and fare, in five folds. A lesson in what a model must not read.
import { adam, csv, dense, dropout, fillMissing, oneHot, pipeline, rocAuc, standardize } from "lanewise";

export default pipeline({
  source: csv({
    path: "seaborn/titanic.csv",
    url: "https://raw.githubusercontent.com/mwaskom/seaborn-data/master/titanic.csv",
    sha256: "81787d320d7f7b03df935e91de8bd19e11d45c5bbcab86ef4d4a76dc91b7d4f2",
    target: "survived",
    // "alive" is the target in other words: with it a model is right about everybody, and of no use for anybody. A column that nobody
    // could know when the prediction is wanted has to go, however good the numbers are with it.
    // "class", "embark_town", "who", "adult_male" and "alone" only say again what other columns say; "deck" is missing for three of four.
    ignore: ["alive", "class", "embark_town", "who", "adult_male", "alone", "deck"],
    // First, second and third class are names, not amounts.
    types: { pclass: "category" },
    classes: ["died", "survived"],
  }),
  clean: [
    // The median and the most frequent port are those of training rows, of each fold anew.
    fillMissing({ strategy: "median", columns: "numeric" }),
    fillMissing({ strategy: "mostFrequent", columns: "category" }),
  ],
  normalize: [standardize(), oneHot()],
  split: { folds: 5, stratify: true },
  model: [dense(32, { activation: "relu" }), dropout(0.3), dense(1, { activation: "sigmoid" })],
  train: { optimizer: adam({ learningRate: 0.003 }), loss: "binaryCrossentropy", epochs: 40, batchSize: 32 },
  evaluate: ["accuracy", "precision", "recall", rocAuc(), "confusionMatrix"],
  seed: 7,
});
