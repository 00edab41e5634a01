// `lanewise bench`: some kernels of this machine's WebAssembly build against their twins in plain JavaScript, in turns, by medians.
import { gemmScratch } from "../../graph/gemm.ts";
import { loadJs } from "../../js/executor.ts";
import { alignedLines } from "../../pipeline/textTable.ts";
import { random } from "../../random.ts";
import { ARENA_BASE, type Executor } from "../../wasm/abi.ts";
import { loadWasm } from "../../wasm/load.ts";
import type { Command } from "./command.ts";

interface Case {
  readonly name: string;
  /** What is counted, and how many of it one call has. */
  readonly unit: "GFLOP/s" | "Gelement/s";
  readonly count: number;
  call(executor: Executor): void;
}

const N = 100_352;
const [A, B, C, D] = [0, 1, 2, 3].map((i) => ARENA_BASE + i * 2 ** 20) as [number, number, number, number];
const HYPER = ARENA_BASE + 4 * 2 ** 20;
const SCRATCH = HYPER + 1024;

function gemm(m: number, n: number, k: number): Case {
  return {
    name: `gemm ${m}×${k}×${n}`,
    unit: "GFLOP/s",
    count: 2 * m * n * k,
    call: (executor) => executor.call("gemm_nn_f32", C, A, B, 0, SCRATCH, m, n, k, 0, 0),
  };
}

const cases: readonly Case[] = [
  gemm(32, 128, 784),
  gemm(192, 192, 192),
  { name: "relu", unit: "Gelement/s", count: N, call: (executor) => executor.call("relu_f32", B, A, N) },
  { name: "softmax 10,000×10", unit: "Gelement/s", count: 100_000, call: (executor) => executor.call("softmax_f32", B, A, 10_000, 10) },
  { name: "adam", unit: "Gelement/s", count: N, call: (executor) => executor.call("adam_f32", A, B, C, D, N, HYPER) },
];

const ROUNDS = 15;
const ROUND_MS = 8;

export const benchCommand: Command = {
  name: "bench",
  summary: "Times some kernels against plain JavaScript, in a few seconds.",
  usage: "lanewise bench [options]",
  options: { json: { type: "boolean", help: "print one JSON object" } },
  examples: ["lanewise bench", "lanewise bench --json"],
  needs: [],
  async run(given) {
    const wasm = await loadWasm();
    const js = loadJs();
    const results = cases.map((one) => {
      const [fast, slow] = race(one, wasm, js);
      return { kernel: one.name, unit: one.unit, wasm: one.count / fast / 1e6, js: one.count / slow / 1e6, ratio: slow / fast };
    });
    process.stdout.write(
      `${given.flag("json") ? JSON.stringify({ build: wasm.build, results }) : table(wasm.build, results).join("\n")}\n`,
    );
    return 0;
  },
};

/** Milliseconds of one call on each: medians over rounds in which they take turns, so that a busy machine slows both. */
function race(one: Case, wasm: Executor, js: Executor): [number, number] {
  const contenders = [wasm, js].map((executor) => {
    fill(executor);
    const started = performance.now();
    let calls = 0;
    for (; performance.now() - started < 4 * ROUND_MS; calls++) one.call(executor);
    return { executor, repeats: Math.max(1, Math.round(calls / 4)), times: [] as number[] };
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (const { executor, repeats, times } of contenders) {
      fill(executor);
      const started = performance.now();
      for (let i = 0; i < repeats; i++) one.call(executor);
      times.push((performance.now() - started) / repeats);
    }
  }
  return contenders.map(({ times }) => times.sort((a, b) => a - b)[ROUNDS >> 1] as number) as [number, number];
}

/** Fresh numbers: what repeated updates leave behind would be denormal. */
function fill(executor: Executor): void {
  executor.reserve(SCRATCH + 4 * gemmScratch(192, 192, 784) + 1024);
  const { f32 } = executor.views;
  const next = random(1, 1);
  for (let i = A / 4; i < HYPER / 4; i++) f32[i] = next.uniform() - 0.5;
  for (let i = D / 4; i < HYPER / 4; i++) f32[i] = Math.abs(f32[i] as number);
  f32.set([1e-3, 0.1, 0.001, 1e-7, 0], HYPER / 4);
}

function table(build: string, results: readonly { kernel: string; unit: string; wasm: number; js: number; ratio: number }[]): string[] {
  const rows = results.map(({ kernel, unit, wasm, js, ratio }) => [kernel, wasm.toFixed(2), js.toFixed(2), unit, `${ratio.toFixed(1)}×`]);
  return alignedLines(
    [["kernel", build === "relaxed" ? "relaxed SIMD" : "SIMD", "JavaScript", "", "ratio"], ...rows],
    ["left", "right", "right", "left", "right"],
  );
}
