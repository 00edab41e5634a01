// The pipelines that the tests run in Chromium and Firefox, and in Node for comparison.
import {
  adam,
  arrays,
  dense,
  dropDuplicates,
  dropout,
  flatten,
  minMax,
  type Pipeline,
  pipeline,
  rotate,
  standardize,
  strokes,
} from "lanewise";

/** All six stages and 215 steps, in about a second. */
export const digits = pipeline({
  name: "digits",
  source: strokes({ rows: 1500, test: 300 }),
  clean: [dropDuplicates()],
  normalize: [minMax({ to: [0, 1] })],
  augment: [rotate({ degrees: 8 })],
  split: { test: "given", validation: 0.1, stratify: true },
  model: [flatten(), dense(64, { activation: "relu" }), dropout(0.2), dense(10, { activation: "softmax" })],
  train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 5, batchSize: 32 },
  evaluate: ["accuracy", "f1"],
  seed: 3,
});

/** Longer than any test waits. */
export const endless: Pipeline = { ...digits, train: { ...digits.train, epochs: 100_000 } };

const corners = [
  [-2, -1],
  [2, -1],
  [0, 2],
];

/** Points around three corners, in memory. */
export const points = pipeline({
  source: arrays({
    x: Array.from({ length: 120 }, (_, i) => (corners[i % 3] as number[]).map((center, axis) => center + Math.sin(i * (7 + axis)) / 2)),
    y: Array.from({ length: 120 }, (_, i) => ["left", "right", "top"][i % 3] as string),
  }),
  normalize: [standardize()],
  split: { test: 0.25 },
  model: [dense(8, { activation: "relu" }), dense(3, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.05 }), loss: "sparseCategoricalCrossentropy", epochs: 8, batchSize: 16 },
  seed: 5,
});

export const somePoints = [...corners, [0, 0], [1, 1]];

/** What a user may get wrong, and where it is noticed: before any row is read, when the model is built, by the data. */
export const mistakes: Readonly<Record<string, Pipeline>> = {
  key: { ...digits, normalise: [] } as Pipeline,
  shapes: { ...digits, model: [dense(10, { activation: "softmax" })] },
  labels: { ...points, source: arrays({ x: [[1], [2]], y: [0, 1, 1] }) },
};
