// One training step of the textbook's model of IMDb reviews on random words: embedding, LSTM with both kinds of dropout, softmax, Adam. The sizes are in
// imdb.json, which `peers/lstm.py` reads too.
import { readFileSync } from "node:fs";
import { dense } from "../src/nn/layers/dense.ts";
import { embedding } from "../src/nn/layers/embedding.ts";
import { lstm } from "../src/nn/layers/lstm.ts";
import { adam } from "../src/nn/optimizers/adam.ts";
import { checkPipeline } from "../src/pipeline/define.ts";
import type { Session, SessionSpec } from "../src/pipeline/session.ts";

type Sizes = Readonly<Record<"batch" | "steps" | "words" | "width" | "units" | "classes" | "dropout", number>>;

export const imdb = JSON.parse(readFileSync(new URL("imdb.json", import.meta.url), "utf8")) as Sizes;

const ROWS = 512;

/** Operations of the LSTM's products, forwards and backwards: what the step would take at the machine's peak. */
export const imdbFlops = 3 * 2 * imdb.batch * imdb.steps * (imdb.width + imdb.units) * 4 * imdb.units;

export function imdbSpec(): SessionSpec {
  const { batch, steps, words, width, units, classes, dropout } = imdb;
  const pipeline = checkPipeline({
    source: { kind: "strokes" },
    model: [embedding(words, width), lstm(units, { dropout, recurrentDropout: dropout }), dense(classes, { activation: "softmax" })],
    train: { loss: "sparseCategoricalCrossentropy", optimizer: adam(), batchSize: batch },
  });
  return {
    pipeline,
    shape: [steps],
    type: "f32",
    target: { kind: "labels", classes },
    fitted: { affine: { scale: [1], shift: [0] } },
    capacity: ROWS,
  };
}

export function imdbStep({ network, feed }: Session): () => void {
  const { batch, steps, words, classes } = imdb;
  const data = Float32Array.from({ length: ROWS * steps }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 8) % words);
  const labels = Int32Array.from({ length: ROWS }, (_, i) => i % classes);
  feed.load(0, { type: "numeric", shape: [steps], data }, { type: "numeric", shape: [], data: labels });
  const rows = new Uint32Array(batch);
  let t = 0;
  return () => {
    t++;
    for (let i = 0; i < batch; i++) rows[i] = (t * batch + i * 37) % ROWS;
    feed.point(rows, t);
    network.train(batch, 1e-3, t);
  };
}
