// npm run bench [-- words] [--quick] [--json FILE] [--data DIR]: the training step, an epoch, and every kernel against its twin in plain
// JavaScript, in one run. Words choose: a kernel is timed if its name holds one of them; "step" is the training step, "imdb" that of the IMDb model, "mnist" the epoch,
// "import" the first step of a fresh process, "threads" one thread beside all.
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { loadJs } from "../src/js/executor.ts";
import { openSession } from "../src/pipeline/session.ts";
import { loadWasm } from "../src/wasm/load.ts";
import { coldStart } from "./cold.ts";
import { imdb, imdbFlops, imdbSpec, imdbStep } from "./imdb.ts";
import { type KernelCase, kernelCases, tripleLoop } from "./kernels.ts";
import { epoch } from "./mnist.ts";
import { peakLoop } from "./peak.ts";
import { race, type Standing } from "./race.ts";
import { step } from "./steps.ts";
import { threadsRows } from "./threads.ts";

interface Row {
  readonly name: string;
  readonly unit: "GFLOP/s" | "ns/element" | "µs/step" | "samples/s";
  readonly relaxed: number;
  readonly simd: number;
  readonly js?: number;
  /** How many times faster than plain JavaScript. */
  readonly relaxedRatio?: number;
  readonly simdRatio?: number;
  /** Of what a loop of nothing but multiply-adds reaches: fused ones for the relaxed build, a product and a sum for the other. */
  readonly shareOfPeak?: number;
  readonly simdShareOfPeak?: number;
}

const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean" }, json: { type: "string" }, data: { type: "string" } },
});
const rounds = options.quick ? 3 : 15;
const parts = ["step", "mnist", "import"];
const kernelWords = words.filter((word) => !parts.includes(word));
const chosen = (part: string): boolean => words.length === 0 || words.includes(part);
const chosenKernel = (name: string): boolean => words.length === 0 || kernelWords.some((word) => name.includes(word));

const executors = [await loadWasm(), await loadWasm({ strict: true }), loadJs()] as const;
const machine = {
  cpu: cpus()[0]?.model ?? "unknown",
  cores: availableParallelism(),
  node: process.version,
  v8: process.versions.v8,
  build: executors[0].build,
  load: loadavg()[0] ?? 0,
  date: new Date().toISOString().slice(0, 10),
};
console.log(
  `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, V8 ${machine.v8}, ${machine.build} build, load ${machine.load.toFixed(2)}; one thread; medians\n`,
);

const loops = [peakLoop(), peakLoop(false)] as const;
const fastest = await race(
  loops.map(({ run }, i) => ({ name: `peak ${i}`, run })),
  rounds,
);
const [peak, simdPeak] = loops.map(({ flops }, i) => flops / (fastest[i] as Standing).time / 1000) as [number, number];
console.log(`peak of 128-bit vectors in WebAssembly: ${peak.toFixed(1)} GFLOP/s multiply-add, ${simdPeak.toFixed(1)} product and sum\n`);

const cold = chosen("import") ? coldStart(options.quick ? 3 : 15) : undefined;
if (cold !== undefined) {
  const [whole, ...phases] = [cold.whole, cold.import, cold.build, cold.step].map((ms) => `${ms.toFixed(0)} ms`);
  console.log(`import to first step of a fresh process: ${whole} (import ${phases[0]}, data and model ${phases[1]}, step ${phases[2]})\n`);
}

const rows: Row[] = [];

async function kernel({ name, elements, flops, rival, prepare }: KernelCase): Promise<Row> {
  const side = flops === undefined ? 0 : Math.round(Math.cbrt(flops / 2));
  const contenders = executors
    .filter(({ build }) => build !== "js" || rival !== "none")
    .map((e) => ({ name: e.build, run: e.build === "js" && rival === "triple loop" ? tripleLoop(side) : prepare(e) }));
  const [relaxed, simd, js] = (await race(contenders, rounds)) as [Standing, Standing, Standing | undefined];
  const ratios = js && { relaxedRatio: relaxed.lead, simdRatio: simd.lead };
  if (flops !== undefined) {
    const rate = ({ time }: Standing): number => flops / time / 1000;
    const shares = { shareOfPeak: rate(relaxed) / peak, simdShareOfPeak: rate(simd) / simdPeak };
    return { name, unit: "GFLOP/s", relaxed: rate(relaxed), simd: rate(simd), ...(js && { js: rate(js) }), ...ratios, ...shares };
  }
  const each = ({ time }: Standing): number => (time * 1000) / (elements as number);
  return { name, unit: "ns/element", relaxed: each(relaxed), simd: each(simd), ...(js && { js: each(js) }), ...ratios };
}

function add(row: Row): void {
  rows.push(row);
  const digits = row.unit === "ns/element" ? 2 : row.unit === "GFLOP/s" ? 1 : 0;
  const number = (value: number | undefined): string => value?.toFixed(digits) ?? "";
  const times = (value: number | undefined): string => (value === undefined ? "" : `${value.toFixed(1)} ×`);
  const share = (value: number | undefined): string => (value === undefined ? "" : `${(100 * value).toFixed(0)} %`);
  const cells = [
    ...[row.name, row.unit, number(row.relaxed), number(row.simd), number(row.js), times(row.relaxedRatio), times(row.simdRatio)],
    ...[share(row.shareOfPeak), share(row.simdShareOfPeak)],
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

/** A step on relaxed and plain SIMD and in JavaScript; `flops` where its share of the peak says something. */
async function addStep(name: string, runs: readonly (() => void)[], flops?: number): Promise<void> {
  const contenders = runs.map((run, i) => ({ name: String(i), run }));
  const [relaxed, simd, js] = (await race(contenders, rounds)) as [Standing, Standing, Standing];
  add({
    name,
    unit: "µs/step",
    relaxed: relaxed.time,
    simd: simd.time,
    js: js.time,
    relaxedRatio: relaxed.lead,
    simdRatio: simd.lead,
    ...(flops !== undefined && { shareOfPeak: flops / relaxed.time / 1000 / peak }),
  });
}

console.log("| what | unit | relaxed SIMD | SIMD | JavaScript | relaxed / JS | SIMD / JS | of peak | SIMD of its |");
console.log("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
if (chosen("step")) {
  for (const batch of [32, 256]) {
    const runs = await Promise.all((["relaxed", "simd", "js"] as const).map((name) => step(name, batch)));
    await addStep(`training step 784-128-10, batch ${batch}`, runs);
  }
}
if (chosen("imdb")) {
  const options = [{}, { strict: true }, { backend: "js" as const }];
  const runs = await Promise.all(options.map(async (given) => imdbStep(await openSession(imdbSpec(), given))));
  await addStep(`training step of the IMDb model, batch ${imdb.batch}`, runs, imdbFlops);
}
if (chosen("mnist")) {
  const { name, rows: count, standings } = await epoch(options.data, options.quick ? 1 : 3);
  const [relaxed, simd, js] = standings as [Standing, Standing, Standing];
  const rate = ({ time }: Standing): number => (count * 1e6) / time;
  const ratios = { relaxedRatio: relaxed.lead, simdRatio: simd.lead };
  add({ name, unit: "samples/s", relaxed: rate(relaxed), simd: rate(simd), js: rate(js), ...ratios });
}
for (const one of await kernelCases()) {
  if (!chosenKernel(one.name)) continue;
  add(await kernel(one));
}

const threads = availableParallelism();
const shared = chosen("threads") && threads > 1 ? await threadsRows(threads, rounds) : undefined;
if (shared !== undefined) {
  console.log(`\n| what | 1 thread, µs | ${threads} threads, µs | times as fast |\n| --- | ---: | ---: | ---: |`);
  for (const { name, alone, together, ratio } of shared) {
    console.log(`| ${name} | ${alone.toFixed(1)} | ${together.toFixed(1)} | ${ratio.toFixed(2)} × |`);
  }
}
if (options.json !== undefined) {
  const report = { machine, peak, simdPeak, ...(cold && { cold }), rows, ...(shared && { threads: shared }) };
  writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
}
