import { describe, expect, it } from "vitest";
import { activation, activations, type Elementwise } from "../../src/graph/ops/activation.ts";
import { add } from "../../src/graph/ops/add.ts";
import { concatenate } from "../../src/graph/ops/concatenate.ts";
import { dense } from "../../src/graph/ops/dense.ts";
import { embedding } from "../../src/graph/ops/embedding.ts";
import { rowLoss } from "../../src/graph/ops/losses.ts";
import { maxSteps } from "../../src/graph/ops/maxSteps.ts";
import { meanSteps } from "../../src/graph/ops/meanSteps.ts";
import { multiply } from "../../src/graph/ops/multiply.ts";
import { reshape } from "../../src/graph/ops/reshape.ts";
import { reverseSteps } from "../../src/graph/ops/reverseSteps.ts";
import { scale } from "../../src/graph/ops/scale.ts";
import { softmax } from "../../src/graph/ops/softmax.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { loadJs } from "../../src/js/executor.ts";
import { builds, load, numbers, numericGradients, type Placed, runGraph } from "../support/graph.ts";

interface Case {
  readonly name: string;
  readonly inputs: readonly Placed[];
  readonly build: (...x: Tensor[]) => Tensor;
  readonly outputs: number;
}

const values = (shape: readonly number[], seed: number, low = -1, high = 1): Placed => ({
  shape,
  data: numbers(
    shape.reduce((a, b) => a * b, 1),
    seed,
    low,
    high,
  ),
});
const labels = (n: number, classes: number): Placed => ({
  shape: [n],
  data: Array.from({ length: n }, (_, i) => (i * 7) % classes),
  integer: true,
});
const oneHot = (rows: number, cols: number): Placed => ({
  shape: [rows, cols],
  data: Array.from({ length: rows * cols }, (_, i) => (i % cols === (Math.floor(i / cols) * 3) % cols ? 1 : 0)),
  integer: false,
});

const cases: Case[] = [
  ...(Object.keys(activations) as Elementwise[]).map((fn) => ({
    name: `activation ${fn}`,
    // No value lies on relu's kink, nor within a step of it.
    inputs: [{ shape: [3, 5], data: numbers(15, 3).map((v) => v + Math.sign(v) * 0.1) }],
    build: (x: Tensor) => activation(x, fn),
    outputs: 15,
  })),
  {
    name: "dense",
    inputs: [values([3, 4], 1), values([4, 5], 2), values([5], 3)],
    build: (x, w, b) => dense(x as Tensor, w as Tensor, b),
    outputs: 15,
  },
  {
    name: "dense without bias, one of everything",
    inputs: [values([1, 1], 1), values([1, 1], 2)],
    build: (x, w) => dense(x as Tensor, w as Tensor),
    outputs: 1,
  },
  {
    name: "dense with fused tanh over three dimensions",
    inputs: [values([2, 3, 4], 1), values([4, 5], 2), values([5], 3)],
    build: (x, w, b) => dense(x as Tensor, w as Tensor, b, { fn: "tanh", parameter: 0 }),
    outputs: 30,
  },
  { name: "softmax", inputs: [values([3, 7], 4)], build: (x) => softmax(x as Tensor), outputs: 21 },
  {
    name: "x used twice: x + tanh(x)",
    inputs: [values([2, 3], 5)],
    build: (x) => add(x as Tensor, activation(x as Tensor, "tanh")),
    outputs: 6,
  },
  {
    name: "x used four times, through both sides of two sums",
    inputs: [values([2, 3], 6)],
    build: (x) => {
      const y = add(x as Tensor, x as Tensor);
      return add(y, activation(y, "sigmoid"));
    },
    outputs: 6,
  },
  {
    name: "concatenate of three, one of them the input itself",
    inputs: [values([2, 3], 7), values([3, 2], 8)],
    build: (x, w) => concatenate(x as Tensor, dense(x as Tensor, w as Tensor), activation(x as Tensor, "tanh")),
    outputs: 16,
  },
  {
    name: "shared weights",
    inputs: [values([2, 3], 9), values([3, 3], 10)],
    build: (x, w) => dense(activation(dense(x as Tensor, w as Tensor), "tanh"), w as Tensor),
    outputs: 6,
  },
  {
    name: "embedding with repeated ids, looked up twice",
    inputs: [{ shape: [2, 3], data: [4, 0, 4, 2, 4, 2], constant: true }, values([5, 3], 31), values([3, 2], 32)],
    build: (ids, table, w) =>
      add(dense(embedding(ids as Tensor, table as Tensor), w as Tensor), embedding(ids as Tensor, dense(table as Tensor, w as Tensor))),
    outputs: 12,
  },
  {
    name: "mean of the steps",
    inputs: [values([2, 3, 5], 33)],
    build: (x) => meanSteps(x as Tensor),
    outputs: 10,
  },
  {
    name: "mean of the real steps, one row without any",
    inputs: [values([3, 4, 3], 34), { shape: [3, 4], data: [1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0], constant: true }],
    build: (x, mask) => meanSteps(x as Tensor, mask),
    outputs: 9,
  },
  {
    name: "greatest of the steps",
    // No two are within a step of each other.
    inputs: [{ shape: [2, 4, 3], data: numbers(24, 35).map((v, i) => v / 40 + ((i * 7) % 24) / 12) }],
    build: (x) => maxSteps(x as Tensor),
    outputs: 6,
  },
  {
    name: "reversed steps beside the steps themselves",
    inputs: [values([2, 3, 4], 36)],
    build: (x) => multiply(x as Tensor, reverseSteps(activation(x as Tensor, "tanh"))),
    outputs: 24,
  },
  {
    name: "a product with itself, scaled",
    inputs: [values([2, 3], 37)],
    build: (x) => scale(multiply(x as Tensor, x as Tensor), 0.5),
    outputs: 6,
  },
  {
    name: "reshape in the middle",
    inputs: [values([2, 6], 11), values([3, 2], 12)],
    build: (x, w) => dense(reshape(x as Tensor, [4, 3]), w as Tensor),
    outputs: 8,
  },
  {
    name: "mse",
    inputs: [values([3, 4], 13), values([3, 4], 14)],
    build: (x, t) => rowLoss(x as Tensor, t as Tensor, { loss: "mse", parameter: 0 }).loss,
    outputs: 3,
  },
  {
    name: "huber",
    inputs: [values([3, 4], 15), values([3, 4], 16)],
    build: (x, t) => rowLoss(x as Tensor, t as Tensor, { loss: "huber", parameter: 0.3 }).loss,
    outputs: 3,
  },
  {
    name: "bce",
    inputs: [values([3, 2], 17, 0.2, 0.8), oneHot(3, 2)],
    build: (x, t) => rowLoss(x as Tensor, t as Tensor, { loss: "bce", parameter: 0.1 }).loss,
    outputs: 3,
  },
  {
    name: "bce of logits",
    inputs: [values([3, 2], 18), oneHot(3, 2)],
    build: (x, t) => rowLoss(x as Tensor, t as Tensor, { loss: "bce_logits", parameter: 0.1 }).loss,
    outputs: 3,
  },
  {
    name: "cce",
    inputs: [values([3, 4], 19, 0.2, 0.8), oneHot(3, 4)],
    build: (x, t) => rowLoss(x as Tensor, t as Tensor, { loss: "cce", parameter: 0 }).loss,
    outputs: 3,
  },
  {
    name: "cce of logits, smoothed",
    inputs: [values([3, 4], 20), oneHot(3, 4)],
    build: (x, t) => rowLoss(x as Tensor, t as Tensor, { loss: "softmax_cce", parameter: 0.1 }).loss,
    outputs: 3,
  },
  {
    name: "sparse cce",
    inputs: [values([4, 3], 21, 0.2, 0.8), labels(4, 3)],
    build: (x, t) => rowLoss(x as Tensor, t as Tensor, { loss: "scce", parameter: 0 }).loss,
    outputs: 4,
  },
  {
    name: "sparse cce of logits",
    inputs: [values([4, 3], 22), labels(4, 3)],
    build: (x, t) => rowLoss(x as Tensor, t as Tensor, { loss: "softmax_scce", parameter: 0 }).loss,
    outputs: 4,
  },
];

/** Losses have no gradient with respect to their targets. */
const targets = /^(mse|huber|bce|cce)/;

describe.each(cases)("$name", ({ name, inputs, build, outputs }) => {
  const dy = numbers(outputs, 77);
  it.each(builds)("has the gradient that differences give (%s)", async (which) => {
    const { gradients } = runGraph(await load(which), inputs, build, dy);
    const numeric = numericGradients(loadJs, inputs, build, dy);
    gradients.forEach((gradient, i) => {
      if (targets.test(name) && i === 1) return;
      const scale = Math.max(1e-3, ...(numeric[i] as number[]).map(Math.abs));
      gradient.forEach((g, j) => {
        expect(Math.abs(g - ((numeric[i] as number[])[j] as number)) / scale, `input ${i}, value ${j}`).toBeLessThan(0.02);
      });
    });
  });
});
