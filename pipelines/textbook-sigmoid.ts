// A 3-2-1 network of sigmoid units learns which of three switches the majority is: two of three on → 1. The eight rows are all there
// is, so they are the test rows too.
import { arrays, dense, pipeline, sgd } from "lanewise";

const x = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => [n >> 2, (n >> 1) & 1, n & 1]);
const y = x.map((row) => (row.reduce((sum, bit) => sum + bit, 0) >= 2 ? 1 : 0));

export default pipeline({
  source: arrays({ x, y, test: { x, y } }),
  split: { test: "given" },
  model: [dense(2, { activation: "sigmoid" }), dense(1, { activation: "sigmoid" })],
  train: { optimizer: sgd({ learningRate: 2 }), loss: "meanSquaredError", epochs: 300, batchSize: 8 },
  evaluate: ["accuracy", "confusionMatrix"],
  seed: 1,
});
