// lanewise. A product is a program of one dense layer's forward over arrays in its memory: the call that a training step makes. A
// training step is taken from `run()`, the library's whole loop over rows in memory, and once more alone, as the loop calls it.
import { arena } from "../../dist/graph/arena.js";
import { emitter } from "../../dist/graph/emit.js";
import { emitForward } from "../../dist/graph/emitGraph.js";
import { denseOp } from "../../dist/graph/ops/dense.js";
import { assemble } from "../../dist/graph/program.js";
import { apply1, input, parameter } from "../../dist/graph/tensor.js";
import { adam, arrays, dense, flatten, minMax, pipeline, run } from "../../dist/node/index.js";
import { openSession } from "../../dist/pipeline/session.js";
import { loadWasm } from "../../dist/wasm/load.js";
import { type Contender, repeated } from "./contender.ts";
import { BATCH, CLASSES, type Digits, INPUTS, RATE, ROWS, STEPS_CHECKED, UNITS } from "./digits.ts";
import type { Product } from "./product.ts";

const name = (strict: boolean): string => (strict ? "lanewise, strict" : "lanewise");

export async function lanewiseProduct(
  { m, k, n, a, b }: Product,
  check: (peer: string, c: Float32Array) => void,
  strict = false,
): Promise<Contender> {
  const executor = await loadWasm({ strict });
  const memory = arena(executor);
  const place = (values: Float32Array, label: string) => {
    const buffer = memory.allocate(values.byteLength, label);
    executor.views.f32.set(values, (buffer.address as number) >>> 2);
    return buffer;
  };
  const [x, w] = [input("a", [m, k]), parameter("b", [k, n])];
  const y = apply1(denseOp, {}, x, w);
  const emit = emitter(() => "product");
  const values = new Map([
    [x, place(a, "a")],
    [w, place(b, "b")],
  ]);
  emitForward(emit, [y], values, () => {});
  const c = values.get(y);
  if (c === undefined) throw new Error("the product was given no memory");
  const program = assemble(memory, emit.calls, [c]);
  program.run();
  const at = program.addressOf(c) >>> 2;
  check(name(strict), executor.views.f32.slice(at, at + m * n));
  return { peer: name(strict), sample: await repeated(program.run), close: () => executor.close() };
}

const model = [flatten(), dense(UNITS, { activation: "relu" }), dense(CLASSES, { activation: "softmax" })];
const settings = { loss: "sparseCategoricalCrossentropy", optimizer: adam({ learningRate: RATE }), batchSize: BATCH } as const;
const EPOCHS = 5;

/** Microseconds a step by the run's own epoch events; the first epoch, which builds the program, does not count. */
export function lanewiseRun({ bytes, labels }: Digits): Contender {
  const definition = pipeline({
    source: arrays({ x: bytes, y: labels, shape: [28, 28] }),
    normalize: [minMax()],
    model,
    train: { ...settings, epochs: 1 + EPOCHS, checkpoint: false },
    evaluate: ["loss"],
  });
  return {
    peer: "lanewise",
    async sample() {
      let seconds = 0;
      for await (const event of run(definition)) if (event.type === "epoch" && event.epoch > 1) seconds += event.seconds;
      return (seconds * 1e6) / ((EPOCHS * ROWS) / BATCH);
    },
    close() {},
  };
}

/** Gather from bytes, forward, backward, update: what the loop does for a batch. */
export async function lanewiseStep(
  task: Digits,
  check: (peer: string, losses: readonly number[]) => void,
  strict = false,
): Promise<Contender> {
  const { executor, network, feed } = await openSession(
    {
      pipeline: pipeline({ source: arrays({ x: task.bytes, y: task.labels, shape: [28, 28] }), model, train: settings }),
      shape: [28, 28],
      type: "u8",
      target: { kind: "labels", classes: CLASSES },
      fitted: { affine: { scale: [1 / 255], shift: [0] } },
      capacity: ROWS,
    },
    { strict },
  );
  feed.load(0, { type: "numeric", shape: [28, 28], data: task.bytes }, { type: "numeric", shape: [], data: task.labels });
  const { w1, b1, w2, b2 } = task.weights;
  network.write([
    { name: "dense.kernel", shape: [INPUTS, UNITS], data: w1 },
    { name: "dense.bias", shape: [UNITS], data: b1 },
    { name: "dense_1.kernel", shape: [UNITS, CLASSES], data: w2 },
    { name: "dense_1.bias", shape: [CLASSES], data: b2 },
  ]);
  let t = 0;
  const rows = new Uint32Array(BATCH);
  const step = (stride: number): number => {
    for (let i = 0; i < BATCH; i++) rows[i] = (t * BATCH + i * stride) % ROWS;
    t++;
    feed.point(rows, t);
    return network.train(BATCH, RATE, t).loss;
  };
  const peer = `${name(strict)}: step alone`;
  check(
    peer,
    Array.from({ length: STEPS_CHECKED }, () => step(1)),
  );
  const sample = await repeated(() => {
    step(37);
  });
  return { peer, sample, close: () => executor.close() };
}
