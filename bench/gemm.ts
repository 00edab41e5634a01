// The three products at the shapes of training MNIST and at square ones: GFLOP/s of each build, the share of this machine's
// multiply-add peak, and how many times the plain-JavaScript twin. Contenders take turns, and the best turn of each counts, so that
// a busy moment hurts nobody alone. Run with: node bench/gemm.ts
import { gemmScratch } from "../src/graph/gemm.ts";
import { loadJs } from "../src/js/executor.ts";
import { random } from "../src/random.ts";
import { ARENA_BASE, type Executor } from "../src/wasm/abi.ts";
import { loadWasm } from "../src/wasm/load.ts";
import { peakLoop } from "./peak.ts";

type Order = "nn" | "nt" | "tn";

const shapes: readonly (readonly [Order, m: number, n: number, k: number, role: string])[] = [
  ["nn", 32, 128, 784, "MNIST forward 1"],
  ["tn", 784, 128, 32, "MNIST dW 1"],
  ["nn", 32, 10, 128, "MNIST forward 2"],
  ["tn", 128, 10, 32, "MNIST dW 2"],
  ["nt", 32, 128, 10, "MNIST dX 2"],
  ["nn", 256, 128, 784, "evaluation"],
  ["nn", 64, 64, 64, ""],
  ["nn", 128, 128, 128, ""],
  ["nn", 192, 192, 192, ""],
  ["nt", 192, 192, 192, ""],
  ["tn", 192, 192, 192, ""],
  ["nn", 384, 384, 384, ""],
  ["nt", 384, 384, 384, ""],
  ["tn", 384, 384, 384, ""],
];

interface Contender {
  readonly run: () => void;
  readonly flops: number;
}

function contender(executor: Executor, order: Order, m: number, n: number, k: number): Contender {
  const [a, b] = [ARENA_BASE, ARENA_BASE + 4 * m * k + 128];
  const [c, bias] = [b + 4 * n * k + 128, b + 4 * (n * k + m * n) + 256];
  const scratch = Math.ceil((bias + 4 * n + 128) / 64) * 64;
  executor.reserve(scratch + 4 * gemmScratch(m, n, k) + 128);
  const source = random(1, 1);
  const { f32 } = executor.views;
  for (let i = a / 4; i < scratch / 4; i++) f32[i] = source.uniform() - 0.5;
  const run =
    order === "nn"
      ? () => executor.call("gemm_nn_f32", c, a, b, bias, scratch, m, n, k, 1, 0)
      : order === "nt"
        ? () => executor.call("gemm_nt_f32", c, a, b, scratch, m, n, k)
        : () => executor.call("gemm_tn_f32", c, a, b, scratch, m, n, k, m);
  return { run, flops: 2 * m * n * k };
}

/** GFLOP/s of each, in turns of about two milliseconds. */
function race(contenders: readonly Contender[], turns: number): number[] {
  const best = contenders.map(() => 0);
  const repeats = contenders.map(({ run }) => {
    const start = performance.now();
    let count = 0;
    for (; performance.now() - start < 20; count++) run();
    return Math.ceil(count / 10);
  });
  for (let turn = 0; turn < turns; turn++) {
    contenders.forEach(({ run, flops }, i) => {
      const count = repeats[i] as number;
      const start = performance.now();
      for (let r = 0; r < count; r++) run();
      best[i] = Math.max(best[i] as number, (count * flops) / (performance.now() - start) / 1e6);
    });
  }
  return best;
}

const executors = [await loadWasm(), await loadWasm({ strict: true }), loadJs()];
const [fused, split] = [peakLoop(), peakLoop(false)];
const [fusedPeak, splitPeak] = race([fused, split], 100) as [number, number];
console.log(`peak: ${fusedPeak.toFixed(1)} GFLOP/s fused, ${splitPeak.toFixed(1)} as product and sum\n`);
console.log("product           shape          relaxed  of peak     simd       js   relaxed/js  simd/js");
for (const [order, m, n, k, role] of shapes) {
  const [relaxed, simd, js] = race(
    executors.map((e) => contender(e, order, m, n, k)),
    25,
  ) as [number, number, number];
  const cells = [
    relaxed.toFixed(1).padStart(8),
    `${((100 * relaxed) / fusedPeak).toFixed(0)} %`.padStart(8),
    simd.toFixed(1).padStart(8),
    js.toFixed(1).padStart(8),
  ];
  console.log(
    `${order} ${role.padEnd(16)}${`${m}x${n}x${k}`.padEnd(13)}${cells.join(" ")}${`${(relaxed / js).toFixed(1)} x`.padStart(12)}${`${(simd / js).toFixed(1)} x`.padStart(9)}`,
  );
}
