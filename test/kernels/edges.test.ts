// What the specifications' random values do not reach: kinks, ties, clips, saturation, labels that do not exist.
import { describe, expect, test } from "vitest";
import type { KernelName } from "../../src/wasm/abi.ts";
import { expectClose } from "../support/close.ts";
import { type Buffer, executors, place, readF32 } from "../support/kernels.ts";
import { runLoss } from "../support/loss.ts";

const F32_MOST = Math.fround(1 - 1e-7); // 0.99999988

describe.each(await executors())("$name", ({ executor }) => {
  /** Calls a kernel whose first argument is its output of n floats. */
  function output(kernel: KernelName, n: number, inputs: readonly Buffer[], ...scalars: number[]): number[] {
    const pointers = place(executor, [new Float32Array(n), ...inputs]);
    (executor.call as (kernel: KernelName, ...args: number[]) => void)(kernel, ...pointers, ...scalars);
    return Array.from(readF32(executor, pointers[0] as number, n));
  }
  const floats = (...values: number[]): Float32Array => Float32Array.from(values);

  test("relu and leaky relu pass no gradient, or the slope's, at exactly 0", () => {
    expect(output("relu_grad_f32", 3, [floats(5, 5, 5), floats(-1, 0, 1)], 3)).toEqual([0, 0, 5]);
    expect(output("leaky_relu_grad_f32", 3, [floats(4, 4, 4), floats(-1, 0, 1)], 3, 0.25)).toEqual([1, 1, 4]);
  });

  test("elu keeps its relative accuracy next to 0, where e^x − 1 cancels", () => {
    expectClose(output("elu_f32", 2, [floats(-1e-6, -1e-20)], 2, 1), [Math.expm1(Math.fround(-1e-6)), Math.fround(-1e-20)], { rel: 2e-7 });
  });

  test("softplus is e^x far below 0, not 0", () => {
    expectClose(output("softplus_f32", 2, [floats(-20, -60)], 2), [Math.log1p(Math.exp(-20)), Math.exp(-60)], { rel: 3e-7 });
  });

  test("saturated sigmoid and tanh give gradients of exactly 0", () => {
    const y = output("tanh_f32", 2, [floats(40, -40)], 2);
    expect(y).toEqual([1, -1]);
    expect(output("tanh_grad_f32", 2, [floats(3, 3), Float32Array.from(y)], 2)).toEqual([0, 0]);
    expect(output("sigmoid_grad_f32", 1, [floats(3), Float32Array.from(output("sigmoid_f32", 1, [floats(60)], 1))], 1)).toEqual([0]);
  });

  test("gelu is x itself far above 0 and 0 far below", () => {
    expectClose(output("gelu_f32", 3, [floats(50, -50, -1e30)], 3), [50, 0, 0], {});
  });

  test("softmax does not overflow, and a masked −Infinity gets probability 0", () => {
    const y = output("softmax_f32", 3, [floats(1e30, 1e30, Number.NEGATIVE_INFINITY)], 1, 3);
    expect(y).toEqual([0.5, 0.5, 0]);
  });

  test("fused cross-entropy is right where the probability rounds to 0", () => {
    const run = { pred: [0, -1000, 0], rows: 1, dloss: [1] };
    const sparse = runLoss(executor, { kernel: "softmax_scce", target: [1], ...run });
    expectClose(sparse.loss, [1000 + Math.LN2], { rel: 1e-7 });
    expectClose(sparse.dpred, [0.5, -1, 0.5], {});
    const dense = runLoss(executor, { kernel: "softmax_cce", target: [0, 1, 0], params: [0], ...run });
    expectClose(dense.loss, [1000 + Math.LN2], { rel: 1e-7 });
    expectClose(dense.dpred, [0.5, -1, 0.5], {});
    const binary = runLoss(executor, { kernel: "bce_logits", pred: [-1000, 1000], target: [1, 0], rows: 1, params: [0], dloss: [1] });
    expect(binary.loss).toEqual([1000]);
    expectClose(binary.dpred, [-0.5, 0.5], {});
  });

  test("binary cross-entropy from probabilities saturates where Keras's does in float32", () => {
    // −log(1e-7) = 16.118, but on the other side 1 − 0.99999988 = 2^-23, and −log 2^-23 = 15.942.
    const { loss, dpred } = runLoss(executor, { kernel: "bce", pred: [0, 1], target: [1, 0], rows: 2, params: [0], dloss: [1, 1] });
    expectClose(loss, [-Math.log(Math.fround(1e-7)), 23 * Math.LN2], { rel: 1e-6 });
    expect(dpred).toEqual([0, 0]);
  });

  test("categorical cross-entropy from probabilities clips, and where it clips passes no gradient", () => {
    const certain = runLoss(executor, { kernel: "scce", pred: [0, 1], target: [0], rows: 1, dloss: [1] });
    expectClose(certain.loss, [-Math.log(Math.fround(1e-7))], { rel: 1e-6 });
    expect(certain.dpred.map(Math.abs)).toEqual([0, 0]);
    const right = runLoss(executor, { kernel: "cce", pred: [0, 2], target: [0, 1], rows: 1, params: [0], dloss: [1] });
    expectClose(right.loss, [-Math.log(F32_MOST)], { abs: 1e-9 });
    expect(right.dpred.map(Math.abs)).toEqual([0, 0]);
  });

  test("probabilities that do not sum to 1 are renormalised, as Keras does", () => {
    const { loss, dpred } = runLoss(executor, { kernel: "scce", pred: [2, 6], target: [0], rows: 1, dloss: [3] });
    expectClose(loss, [Math.log(4)], { rel: 1e-6 });
    expectClose(dpred, [3 * (1 / 8 - 1 / 2), 3 / 8], { rel: 1e-6 });
  });

  test("mean absolute error has gradient 0 where prediction and target are equal, and NaN where one is", () => {
    const { dpred } = runLoss(executor, { kernel: "mae", pred: [1, 2, Number.NaN], target: [1, 1, 1], rows: 1, dloss: [3] });
    expect(dpred).toEqual([0, 1, Number.NaN]);
  });

  test.each([-1, 3, 2 ** 31 - 1, -(2 ** 31)])("a label of %i among three classes gives NaN in its own row only", (label) => {
    for (const kernel of ["scce", "softmax_scce"] as const) {
      const run = { kernel, pred: [0.2, 0.3, 0.5, 0.2, 0.3, 0.5], rows: 2, dloss: [1, 1] };
      const { loss, dpred } = runLoss(executor, { ...run, target: [label, 2] });
      const sound = runLoss(executor, { ...run, target: [2, 2] });
      expect(loss).toEqual([Number.NaN, sound.loss[1]]);
      expect(dpred).toEqual([Number.NaN, Number.NaN, Number.NaN, ...sound.dpred.slice(3)]);
    }
    const hits = output("count_correct_f32", 2, [floats(0.2, 0.3, 0.5, 0.2, 0.3, 0.5), Int32Array.of(label, 2)], 2, 3);
    expect(hits).toEqual([0, 1]);
  });

  test("of equal probabilities the first counts as the greatest", () => {
    expect(output("count_correct_f32", 2, [floats(0.5, 0.5, 0.5, 0.5), Int32Array.of(0, 1)], 2, 2)).toEqual([1, 0]);
    expect(output("count_correct_dense_f32", 2, [floats(0.5, 0.5, 0.5, 0.5), floats(1, 0, 0, 1)], 2, 2)).toEqual([1, 0]);
  });

  test("a probability of exactly one half counts as no", () => {
    expect(output("count_correct_binary_f32", 1, [floats(0.5, 0.6, 0.5, 0.4), floats(0, 1, 1, 1)], 1, 4)).toEqual([0.5]);
  });

  test("copies may overlap", () => {
    const [x] = place(executor, [floats(1, 2, 3, 4, 5, 6, 7)]) as [number];
    executor.call("copy_f32", x + 4, x, 6);
    expect(Array.from(readF32(executor, x, 7))).toEqual([1, 1, 2, 3, 4, 5, 6]);
  });
});
