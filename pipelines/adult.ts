// Who earns more than 50,000 dollars a year? The census of 1994 (UCI Adult) with its official test file.
import { adam, csv, dense, dropout, fillMissing, fixLabels, oneHot, pipeline, rocAuc, standardize } from "lanewise";

const uci = "https://archive.ics.uci.edu/ml/machine-learning-databases/adult";

export default pipeline({
  source: csv({
    path: "adult/adult.data",
    url: `${uci}/adult.data`,
    sha256: "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d",
    test: {
      path: "adult/adult.test",
      url: `${uci}/adult.test`,
      sha256: "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05",
      comment: "|",
    },
    names: [
      "age",
      "workclass",
      "fnlwgt",
      "education",
      "education-num",
      "marital-status",
      "occupation",
      "relationship",
      "race",
      "sex",
      "capital-gain",
      "capital-loss",
      "hours-per-week",
      "native-country",
      "income",
    ],
    target: "income",
    // How many people a row stands for says nothing of the row.
    ignore: ["fnlwgt"],
  }),
  clean: [
    // The test file writes its labels with a dot.
    fixLabels({ "<=50K.": "<=50K", ">50K.": ">50K" }),
    fillMissing({ strategy: "constant", value: "unknown", columns: "category" }),
  ],
  normalize: [standardize(), oneHot()],
  split: { test: "given", validation: 0.1, stratify: true },
  model: [dense(64, { activation: "relu" }), dropout(0.3), dense(1, { activation: "sigmoid" })],
  train: { optimizer: adam(), loss: "binaryCrossentropy", epochs: 12, batchSize: 64 },
  // Beside the metrics, which columns the model hangs on. Education counts for little only because education-num tells the same.
  evaluate: { metrics: ["accuracy", "precision", "recall", "f1", rocAuc(), "confusionMatrix"], importance: true },
  seed: 7,
});
