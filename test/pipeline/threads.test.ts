// Threads change how long a run takes, and nothing else.
import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { adam, dense, dropout, flatten, minMax, noise, pipeline, type RunEvent, rotate, run, strokes } from "../../src/node/index.ts";

const digits = pipeline({
  source: strokes({ rows: 640, test: 128 }),
  normalize: [minMax()],
  augment: [rotate({ degrees: 10 }), noise({ deviation: 0.05 })],
  split: { test: "given", validation: 0.1 },
  model: [flatten(), dense(96, { activation: "relu" }), dropout(0.2), dense(10, { activation: "softmax" })],
  train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 12 },
  seed: 5,
});

async function weights(threads: number | "auto", strict = false): Promise<{ hash: string; used: number }> {
  const events: RunEvent[] = [];
  for await (const event of run(digits, { threads, strict })) events.push(event);
  const model = events.find((e) => e.type === "artifact" && e.name === "model.safetensors");
  const built = events.find((e) => e.type === "model");
  if (model?.type !== "artifact" || built?.type !== "model") throw new Error("the run left no model");
  return {
    hash: createHash("sha256")
      .update(model.content as Uint8Array)
      .digest("hex"),
    used: built.threads,
  };
}

it.each([false, true])("ends in the same bytes after 216 steps on 1, 2 and 3 threads (strict: %s)", async (strict) => {
  const alone = await weights(1, strict);
  expect(alone.used).toBe(1);
  for (const threads of [2, 3]) expect(await weights(threads, strict)).toEqual({ hash: alone.hash, used: threads });
});
