// Fifty runs in one process, half of them left early. Prints a line of JSON: resident MiB after each.
import { dense, flatten, minMax, pipeline, run, strokes } from "../../src/node/index.ts";

const digits = pipeline({
  source: strokes({ rows: 1000, test: 200 }),
  normalize: [minMax()],
  split: { test: "given" },
  model: [flatten(), dense(64, { activation: "relu" }), dense(10, { activation: "softmax" })],
  train: { optimizer: "adam", loss: "sparseCategoricalCrossentropy", epochs: 2 },
});

const threads = Number(process.argv[2] ?? 1);
const collect = (globalThis as { gc?: () => void }).gc;
const resident: number[] = [];
for (let i = 0; i < 50; i++) {
  for await (const event of run(digits, { threads })) if (i % 2 === 1 && event.type === "epoch") break;
  await new Promise((resolve) => setTimeout(resolve, 10));
  collect?.();
  resident.push(process.memoryUsage().rss / 2 ** 20);
}
const kinds = process.getActiveResourcesInfo().filter((name) => !/^(PipeWrap|TTYWrap|FSReqPromise)$/.test(name));
console.log(JSON.stringify({ resident, left: kinds }));
