// How far will diabetes have progressed in a year? Ten measurements of 442 patients (Efron et al., 2004): a regression, in five folds.
import { adam, csv, dense, pipeline, standardize } from "lanewise";

const data = "https://raw.githubusercontent.com/rust-ml/linfa/master/datasets/data";

export default pipeline({
  source: csv({
    path: "tabular/diabetes_data.csv.gz",
    url: `${data}/diabetes_data.csv.gz`,
    sha256: "0165b797dd4d77320f1851eca069cc2732655cecf73675de742c956d420b2a32",
    // s1 to s6 are of blood serum: cholesterol, LDL, HDL, their ratio, log of triglycerides, blood sugar.
    names: ["age", "sex", "bmi", "blood pressure", "s1", "s2", "s3", "s4", "s5", "s6"],
    // What is to be predicted stands in a file of its own, a row for each row.
    targetFile: {
      path: "tabular/diabetes_target.csv.gz",
      url: `${data}/diabetes_target.csv.gz`,
      sha256: "5a9e14ec735e713dffa319d527252210848f3adda4e7e2ad400d9f4bd8ddd692",
      names: ["progression"],
    },
    // The numbers are whole, and could be taken for classes.
    task: "regression",
  }),
  normalize: [standardize()],
  split: { folds: 5 },
  model: [dense(16, { activation: "relu" }), dense(1)],
  train: { optimizer: adam({ learningRate: 0.01 }), loss: "meanSquaredError", epochs: 60, batchSize: 32 },
  // R² is 0 for who always says the mean, and 1 for who is always right.
  evaluate: ["r2", "mae", "rmse"],
  seed: 7,
});
