// A loss of outputs from elsewhere is the loss that the network trains with.
import { expect, test } from "vitest";
import type { Predictions } from "../../src/nn/metrics/predictions.ts";
import { binaryCrossentropy, categoricalCrossentropy, dense, huber, type Pipeline } from "../../src/node/index.ts";
import { random } from "../../src/random.ts";
import { openRows } from "../support/session.ts";

const ROWS = 300;
const source = random(4, 0);
const x = { shape: [ROWS, 3], data: Array.from({ length: 3 * ROWS }, () => source.normal()) };
const labels = Array.from({ length: ROWS }, (_, r) => r % 2);

type Loss = Pipeline["train"]["loss"];

test.each<[string, Loss, number, "softmax" | "sigmoid" | undefined]>([
  ["sparse", "sparseCategoricalCrossentropy", 3, "softmax"],
  ["one-hot, smoothed", categoricalCrossentropy({ labelSmoothing: 0.1 }), 2, "softmax"],
  ["binary", "binaryCrossentropy", 1, "sigmoid"],
  ["binary, two outputs, smoothed", binaryCrossentropy({ labelSmoothing: 0.2 }), 2, "sigmoid"],
  ["absolute", "mae", 1, undefined],
])("of labels: %s", async (_, loss, units, activation) => {
  const model = [dense(units, activation && { activation })];
  const session = await openRows(x, { shape: [ROWS], data: labels, classes: units === 3 ? 3 : 2 }, { model, train: { loss } }, "js");
  const { outputs, losses } = await session.predict(0, ROWS, async () => {});
  const predictions: Predictions = { rows: ROWS, cols: units, outputs, labels: Int32Array.from(labels) };
  for (let again = 0; again < 2; again++) {
    const found = session.rowLosses(predictions);
    found.forEach((value, r) => {
      expect(value).toBeCloseTo(losses[r] as number, 5);
    });
  }
});

test.each<[string, Loss]>([
  ["squared", "mse"],
  ["Huber", huber({ delta: 0.3 })],
])("of values: %s", async (_, loss) => {
  const targets = Float32Array.from({ length: 2 * ROWS }, () => source.normal());
  const session = await openRows(x, { shape: [ROWS, 2], data: [...targets] }, { model: [dense(2)], train: { loss } }, "simd");
  const { outputs, losses } = await session.predict(0, ROWS, async () => {});
  expect([...session.rowLosses({ rows: ROWS, cols: 2, outputs, targets })]).toEqual([...losses]);
});
