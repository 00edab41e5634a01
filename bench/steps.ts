// One training step of the textbook model, 784 → 128 relu → 10 softmax with Adam, on one thread: the batch is gathered from bytes,
// forward, backward, update.
import { dense } from "../src/nn/layers/dense.ts";
import { adam } from "../src/nn/optimizers/adam.ts";
import { checkPipeline } from "../src/pipeline/define.ts";
import { openSession, type Session, type SessionSpec } from "../src/pipeline/session.ts";
import type { Build } from "../src/wasm/abi.ts";

const ROWS = 4096;

/** The model, with hidden layers of these units, and room for its rows. */
export function specOf(batch: number, units: readonly number[] = [128]): SessionSpec {
  const pipeline = checkPipeline({
    source: { kind: "strokes" },
    model: [{ kind: "flatten" }, ...units.map((n) => dense(n, { activation: "relu" })), dense(10, { activation: "softmax" })],
    train: { loss: "sparseCategoricalCrossentropy", optimizer: adam(), batchSize: batch },
  });
  return {
    pipeline,
    shape: [28, 28],
    type: "u8",
    target: { kind: "labels", classes: 10 },
    fitted: { affine: { scale: [1 / 255], shift: [0] } },
    capacity: ROWS,
  };
}

export async function step(build: Build, batch: number): Promise<() => void> {
  return stepOf(await openSession(specOf(batch), { backend: build === "js" ? "js" : "wasm", strict: build === "simd" }), batch);
}

export function stepOf({ network, feed }: Session, batch: number): () => void {
  const pictures = Uint8Array.from({ length: ROWS * 784 }, (_, i) => (i * 7 + (i >> 9)) & 255);
  const labels = Int32Array.from({ length: ROWS }, (_, i) => i % 10);
  feed.load(0, { type: "numeric", shape: [28, 28], data: pictures }, { type: "numeric", shape: [], data: labels });
  const rows = new Uint32Array(batch);
  let t = 0;
  return () => {
    t++;
    for (let i = 0; i < batch; i++) rows[i] = (t * batch + i * 37) % ROWS;
    feed.point(rows, t);
    network.train(batch, 1e-3, t);
  };
}
