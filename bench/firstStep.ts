// A fresh process from before `import("lanewise")` to the end of its first training step: 784-128-10, a batch of 32 rows in memory, Adam.
// Prints the milliseconds of its parts as JSON. bench/cold.ts starts it.
import type { ColdStart } from "./cold.ts";

const x = Uint8Array.from({ length: 32 * 784 }, (_, i) => (i * 7 + (i >> 9)) & 255);
const y = Int32Array.from({ length: 32 }, (_, i) => i % 10);

const begun = performance.now();
const { adam, arrays, dense, flatten, minMax, pipeline, run } = await import("lanewise");
const imported = performance.now();
const program = pipeline({
  source: arrays({ x, y, shape: [28, 28] }),
  normalize: [minMax()],
  split: { validation: 0 },
  model: [flatten(), dense(128, { activation: "relu" }), dense(10, { activation: "softmax" })],
  train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 1, batchSize: 32 },
});
let built = imported;
for await (const event of run(program)) {
  if (event.type === "model") built = performance.now();
  // With as many rows as a batch has, the first step is the epoch.
  if (event.type !== "epoch") continue;
  const ended = performance.now();
  console.log(
    JSON.stringify({ whole: ended - begun, import: imported - begun, build: built - imported, step: ended - built } satisfies ColdStart),
  );
  break;
}
