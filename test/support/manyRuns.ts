// Fifty runs in one process with these options (JSON), half of them left early. Prints one object as JSON: for each kind of memory, MiB after each run.
import { arrays, dense, flatten, minMax, pipeline, run } from "../../src/node/index.ts";
import type { RunOptions } from "../../src/pipeline/options.ts";
import { random } from "../../src/random.ts";

const ROWS = 1200;
const source = random(1, 0);
const noise = pipeline({
  source: arrays({
    x: Uint8Array.from({ length: ROWS * 784 }, () => source.integer(256)),
    shape: [28, 28],
    y: Array.from({ length: ROWS }, (_, i) => i % 10),
  }),
  normalize: [minMax()],
  split: { test: 200 },
  model: [flatten(), dense(64, { activation: "relu" }), dense(10, { activation: "softmax" })],
  train: { optimizer: "adam", loss: "sparseCategoricalCrossentropy", epochs: 2 },
});

const options = JSON.parse(process.argv[2] ?? "{}") as RunOptions;
const collect = (globalThis as { gc?: () => void }).gc;
const memory: Record<"rss" | "external" | "arrayBuffers", number[]> = { rss: [], external: [], arrayBuffers: [] };
for (let i = 0; i < 50; i++) {
  for await (const event of run(noise, options)) if (i % 2 === 1 && event.type === "epoch") break;
  await new Promise((resolve) => setTimeout(resolve, 10));
  collect?.();
  const used = process.memoryUsage();
  for (const kind of ["rss", "external", "arrayBuffers"] as const) memory[kind].push(used[kind] / 2 ** 20);
}
const left = process.getActiveResourcesInfo().filter((name) => !/^(PipeWrap|TTYWrap|FSReqPromise)$/.test(name));
console.log(JSON.stringify({ memory, left }));
