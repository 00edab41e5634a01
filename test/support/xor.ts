// The smallest data that a line cannot divide, as a pipeline: a run takes milliseconds.
import { arrays, dense, type Pipeline, pipeline } from "../../src/node/index.ts";

const x = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const y = [0, 1, 1, 0];

export const xor = (train: Partial<Pipeline["train"]> = {}, rest: Partial<Pipeline> = {}): Pipeline =>
  pipeline({
    source: arrays({ x, y, test: { x, y } }),
    model: [dense(4, { activation: "tanh" }), dense(1, { activation: "sigmoid" })],
    ...rest,
    train: { loss: "binaryCrossentropy", optimizer: "adam", epochs: 5, ...train },
  });
