// node lstm.ts [--rounds 15]: the IMDb step (../imdb.ts) beside PyTorch's (lstm.py, Debian's python3-torch), in turns, and on two threads and on
// vectors of 256 bits. OPENBLAS_CORETYPE should name the machine's kernels for PyTorch.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpus, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { nodePlatform } from "../../src/node/platform.ts";
import { wideVectors } from "../../src/node/wideVectors.ts";
import { sessionOn } from "../../src/pipeline/session.ts";
import type { Executor } from "../../src/wasm/abi.ts";
import { loadWasm } from "../../src/wasm/load.ts";
import { loadWide } from "../../src/wasm/loadWide.ts";
import { imdb, imdbFlops, imdbSpec, imdbStep } from "../imdb.ts";
import { peakLoop } from "../peak.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "15" } } });
const { startThread } = nodePlatform;

const python = spawn("/usr/bin/python3", [new URL("lstm.py", import.meta.url).pathname], { stdio: ["pipe", "pipe", "inherit"] });
const lines = createInterface({ input: python.stdout });
const line = async (): Promise<string> => String((await once(lines, "line"))[0]);

interface Contender {
  readonly name: string;
  step(): Promise<number>;
  close(): Promise<void>;
}

const torch: Contender = {
  name: `PyTorch ${await line()}, one thread, no dropout`,
  step() {
    const answer = line();
    python.stdin.write("\n");
    return answer.then(Number);
  },
  async close() {
    python.stdin.end();
  },
};

async function lanewise(name: string, executor: Executor | string): Promise<Contender[]> {
  if (typeof executor === "string") {
    console.log(`${name}: ${executor}`);
    return [];
  }
  const run = imdbStep(await sessionOn(executor, imdbSpec()));
  const step = async (): Promise<number> => {
    const started = performance.now();
    run();
    return performance.now() - started;
  };
  // Past the trials by which a program decides about threads, and past the baseline code.
  for (let i = 0; i < 10; i++) await step();
  return [{ name, step, close: () => executor.close() }];
}

const contenders = [
  torch,
  ...(await lanewise("lanewise", await loadWasm())),
  ...(await lanewise("lanewise, strict", await loadWasm({ strict: true }))),
  ...(await lanewise("lanewise, 256 bits", await loadWide({ startThread }, wideVectors))),
  ...(await lanewise("lanewise, two threads", await loadWasm({ threads: 2, startThread }))),
  ...(await lanewise("lanewise, two threads, 256 bits", await loadWide({ threads: 2, startThread }, wideVectors))),
];
const times = contenders.map((): number[] => []);
for (let round = 0; round < Number(values.rounds); round++)
  for (const [i, { step }] of contenders.entries()) (times[i] as number[]).push(await step());
for (const contender of contenders) await contender.close();

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] as number;
const [own, base] = [times[0] as number[], times[1] as number[]];
const loop = peakLoop();
const rates = Array.from({ length: 50 }, () => {
  const started = performance.now();
  for (let i = 0; i < 20; i++) loop.run();
  return (20 * loop.flops) / (performance.now() - started) / 1e6;
});
console.log(
  `${cpus()[0]?.model.trim()}, Node ${process.version}, OPENBLAS_CORETYPE ${process.env.OPENBLAS_CORETYPE ?? "not set"}, load ${loadavg()[0]?.toFixed(1)}`,
);
console.log(
  `one step: ${imdb.batch} × ${imdb.steps} words, ${(imdbFlops / 1e9).toFixed(2)} GFLOP in the LSTM; peak of 128 bits ${median(rates).toFixed(0)} GFLOP/s\n`,
);
console.log("| with | median ms | least | faster than PyTorch | than one thread | GFLOP/s |\n| --- | ---: | ---: | ---: | ---: | ---: |");
contenders.forEach(({ name }, i) => {
  const mine = times[i] as number[];
  const lead = (over: readonly number[]): string => `${median(over.map((time, round) => time / (mine[round] as number))).toFixed(2)} ×`;
  const cells = [
    name,
    median(mine).toFixed(1),
    Math.min(...mine).toFixed(1),
    lead(own),
    lead(base),
    (imdbFlops / median(mine) / 1e6).toFixed(1),
  ];
  console.log(`| ${cells.join(" | ")} |`);
});
