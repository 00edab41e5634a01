// A 2-2-1 network of rectified units learns the table 1,0→0  1,1→1  0,1→1  0,0→0. The four rows are all there is, so they are the test
// rows too.
import { adam, arrays, dense, pipeline } from "lanewise";

const x = [
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
];
const y = [0, 1, 1, 0];

export default pipeline({
  source: arrays({ x, y, test: { x, y } }),
  split: { test: "given" },
  model: [dense(2, { activation: "relu" }), dense(1, { activation: "relu" })],
  train: { optimizer: adam({ learningRate: 0.05 }), loss: "meanSquaredError", epochs: 200, batchSize: 4 },
  evaluate: ["accuracy", "confusionMatrix"],
  seed: 2,
});
