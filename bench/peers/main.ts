// npm start [-- --quick] [-- --json FILE]: lanewise beside TensorFlow.js, jax-js and onnxruntime-web, on one thread in one process.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { Contender } from "./contender.ts";
import { BATCH, digits, lossCheck } from "./digits.ts";
import { jaxProduct, jaxStep } from "./jax.ts";
import { lanewiseProduct, lanewiseRun, lanewiseStep } from "./lanewise.ts";
import { ortProduct } from "./ort.ts";
import { product, productCheck } from "./product.ts";
import { type Result, race } from "./race.ts";
import { tfjsFit, tfjsProduct } from "./tfjs.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, json: { type: "string" } } });
const rounds = options.quick ? { products: 5, steps: 3 } : { products: 31, steps: 15 };

/** The plain JavaScript of tfjs-cpu would need seconds for the larger ones. */
const SHAPES = [
  { m: 192, k: 192, n: 192, plain: true },
  { m: 384, k: 384, n: 384, plain: false },
  { m: 768, k: 768, n: 768, plain: false },
  { m: 32, k: 784, n: 128, plain: true },
];

const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  dependencies: Record<string, string>;
};
const load = (): string => loadavg()[0]?.toFixed(2) ?? "?";
const machine = {
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  node: process.version,
  v8: process.versions.v8,
  date: new Date().toISOString().slice(0, 10),
  loadBefore: load(),
};
const peers = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, V8 ${machine.v8}; one thread; medians of interleaved rounds`);
console.log(`beside ${peers.join(", ")}; load before ${machine.loadBefore}\n`);

async function compete(contenders: readonly Contender[], count: number): Promise<Result[]> {
  const results = await race(contenders, count);
  for (const contender of contenders) await contender.close();
  return results;
}

const time = (microseconds: number): string =>
  microseconds < 1000 ? `${microseconds.toFixed(0)} µs` : `${(microseconds / 1000).toFixed(microseconds < 1e4 ? 2 : 1)} ms`;

function print(what: string, results: readonly Result[], flops?: number): void {
  for (const { peer, microseconds, ratio } of results) {
    const rate = flops === undefined ? "" : `${(flops / microseconds / 1000).toFixed(1)} GFLOP/s`;
    console.log(`| ${what} | ${peer} | ${time(microseconds)} | ${rate} | ${ratio.toFixed(2)} × |`);
  }
}

console.log("| what | with | median | rate | to lanewise |");
console.log("| --- | --- | ---: | ---: | ---: |");
const products: { m: number; k: number; n: number; results: Result[] }[] = [];
for (const { m, k, n, plain } of SHAPES) {
  const task = product(m, k, n);
  const check = productCheck(task);
  const results = await compete(
    [
      await lanewiseProduct(task, check),
      await lanewiseProduct(task, check, true),
      await tfjsProduct(task, check, "wasm"),
      await jaxProduct(task, check),
      await ortProduct(task, check),
      await ortProduct(task, check, true),
      ...(plain ? [await tfjsProduct(task, check, "cpu")] : []),
    ],
    rounds.products,
  );
  products.push({ m, k, n, results });
  print(`product ${m}×${k}×${n}`, results, 2 * m * k * n);
}

const task = await digits();
const [check, tfjsCheck] = [lossCheck(task, "before"), lossCheck(task, "after")];
const steps = await compete(
  [
    lanewiseRun(task),
    await lanewiseStep(task, check),
    await lanewiseStep(task, check, true),
    await tfjsFit(task, tfjsCheck, "wasm"),
    await jaxStep(task, check),
    await tfjsFit(task, tfjsCheck, "cpu"),
  ],
  rounds.steps,
);
print(`step 784-128-10, batch ${BATCH}`, steps);

const loadAfter = load();
console.log(`\nload after ${loadAfter}`);
if (options.json !== undefined) {
  writeFileSync(options.json, `${JSON.stringify({ machine: { ...machine, loadAfter }, peers: dependencies, products, steps }, null, 2)}\n`);
}
