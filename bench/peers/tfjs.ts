// TensorFlow.js on its WebAssembly and its plain JavaScript backend. Both compute when they are called, so nothing needs forcing.
// Training is `model.fit` over tensors in memory, shuffling as by default, with no metrics and no yielding, which is its fastest.
import * as tf from "@tensorflow/tfjs";
import { getThreadsCount } from "@tensorflow/tfjs-backend-wasm";
import { type Contender, repeated } from "./contender.ts";
import { BATCH, CLASSES, type Digits, INPUTS, RATE, ROWS, STEPS_CHECKED, UNITS } from "./digits.ts";
import type { Product } from "./product.ts";

export type Backend = "wasm" | "cpu";

async function use(backend: Backend): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no ${backend} backend here`);
  if (backend === "wasm" && getThreadsCount() !== 1) throw new Error("tfjs-wasm takes more than one thread");
}

/** The backend is chosen anew for every sample: contenders of both take turns. */
const on =
  (backend: Backend, sample: () => Promise<number>): (() => Promise<number>) =>
  async () => {
    await use(backend);
    return sample();
  };

export async function tfjsProduct(
  { m, k, n, a, b }: Product,
  check: (peer: string, c: Float32Array) => void,
  backend: Backend,
): Promise<Contender> {
  const peer = `tfjs-${backend}`;
  await use(backend);
  const x = tf.tensor2d(a, [m, k]);
  const w = tf.tensor2d(b, [k, n]);
  const c = tf.matMul(x, w);
  check(peer, c.dataSync<"float32">());
  const sample = await repeated(() => {
    tf.matMul(x, w).dispose();
  });
  return { peer, sample: on(backend, sample), close: () => tf.dispose([x, w, c]) };
}

/** Steps in one call of `fit`. Few enough that the rows are not learned by heart: vanishing gradients become denormal, and slow. */
const STEPS = { wasm: 32, cpu: 8 };

export async function tfjsFit(
  task: Digits,
  check: (peer: string, losses: readonly number[]) => void,
  backend: Backend,
): Promise<Contender> {
  const peer = `tfjs-${backend} fit`;
  await use(backend);
  const x = tf.tensor2d(task.pixels, [ROWS, INPUTS]);
  const y = tf.tidy(() => tf.oneHot(tf.tensor1d(task.labels, "int32"), CLASSES).toFloat() as tf.Tensor2D);
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: UNITS, activation: "relu", inputShape: [INPUTS] }),
      tf.layers.dense({ units: CLASSES, activation: "softmax" }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(RATE), loss: "categoricalCrossentropy" });
  const { w1, b1, w2, b2 } = task.weights;
  const initial = [tf.tensor2d(w1, [INPUTS, UNITS]), tf.tensor1d(b1), tf.tensor2d(w2, [UNITS, CLASSES]), tf.tensor1d(b2)];
  model.setWeights(initial);
  tf.dispose(initial);

  const first = (steps: number): [tf.Tensor2D, tf.Tensor2D] => [
    x.slice([0, 0], [steps * BATCH, INPUTS]),
    y.slice([0, 0], [steps * BATCH, CLASSES]),
  ];
  const fit = ([rows, targets]: readonly [tf.Tensor2D, tf.Tensor2D], options: tf.ModelFitArgs) =>
    model.fit(rows, targets, { batchSize: BATCH, epochs: 1, verbose: 0, yieldEvery: "never", ...options });

  const losses: number[] = [];
  const checked = first(STEPS_CHECKED);
  await fit(checked, { shuffle: false, callbacks: { onBatchEnd: (_, logs) => void losses.push(logs?.loss as number) } });
  tf.dispose(checked);
  check(peer, losses);

  const timed = first(STEPS[backend]);
  const sample = await repeated(async () => {
    await fit(timed, { shuffle: true });
  }, STEPS[backend]);
  return {
    peer,
    sample: on(backend, sample),
    close: () => {
      model.dispose();
      tf.dispose([x, y, ...timed]);
    },
  };
}
