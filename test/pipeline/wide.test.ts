// Vectors of 256 bits change how long a run takes, and nothing else; where they cannot be had, a warning says why.
import { expect, it } from "vitest";
import { adam, dense, dropout, flatten, minMax, noise, pipeline, rotate, strokes } from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import type { RunOptions } from "../../src/pipeline/options.ts";
import type { Platform } from "../../src/pipeline/platform.ts";
import { createRun } from "../../src/pipeline/run.ts";
import type { Executor } from "../../src/wasm/abi.ts";
import { loadWasm } from "../../src/wasm/load.ts";
import { loadWide } from "../../src/wasm/loadWide.ts";
import { all, fileOf, ofType } from "../support/runs.ts";

const digits = pipeline({
  source: strokes({ rows: 640, test: 128 }),
  normalize: [minMax()],
  augment: [rotate({ degrees: 10 }), noise({ deviation: 0.05 })],
  split: { test: "given", validation: 0.1 },
  model: [flatten(), dense(96, { activation: "relu" }), dropout(0.2), dense(10, { activation: "softmax" })],
  train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 3 },
  seed: 5,
});

async function outcome(options: RunOptions, platform: Platform = nodePlatform) {
  const events = await all(createRun(platform)(digits, options));
  const warnings = ofType(events, "warning").filter(({ at }) => at === "wide");
  return { weights: fileOf(events, "model.safetensors"), wide: ofType(events, "model")[0]?.wide, warnings: warnings.map((w) => w.message) };
}

const { loadWide: _, ...without } = nodePlatform;
const having = (missing?: string): Platform => ({ ...without, loadWide: (options) => loadWide(options, { missing, allow() {} }) });
const lacking: readonly (readonly [what: string, platform: Platform, warning: string | RegExp])[] = [
  ["a runtime without them", without, "vectors of 256 bits need Node; computing with 128"],
  ["a machine without them", having("no such lanes"), "no such lanes; computing with 128"],
  [
    "a compiler that makes nothing of them",
    having(),
    /^with vectors of 256 bits products are \d\.\d times as fast here, and not 1\.3 to 2\.6 times; computing with 128$/,
  ],
];

it.each(lacking)("goes on with 128 bits on %s, and says why", async (_, platform, warning) => {
  const { wide, warnings, weights } = await outcome({ wide: true, strict: true }, platform);
  expect(wide).toBe(false);
  expect(warnings).toEqual([typeof warning === "string" ? warning : expect.stringMatching(warning)]);
  expect(weights).toEqual((await outcome({ strict: true })).weights);
});

it("ends in the same bytes, on one thread and on two", async () => {
  const usual = await outcome({});
  expect(usual.wide).toBe(false);
  for (const threads of [1, 2]) {
    const { weights, wide, warnings } = await outcome({ wide: true, threads });
    expect(weights).toEqual(usual.weights);
    expect(warnings).toHaveLength(wide ? 0 : 1);
  }
});

/** C[m, n] of each kind of product, from the same operands. */
function products(executor: Executor, m: number, n: number, k: number): Uint32Array {
  const [a, b, bias, c, scratch] = [0x10000, 0x20000, 0x30000, 0x40000, 0x80000];
  executor.reserve(0x100000);
  const { f32, u32 } = executor.views;
  for (let i = a >>> 2; i < c >>> 2; i++) f32[i] = ((i * 7919) % 2003) / 1000 - 1;
  u32.fill(0, c >>> 2, scratch >>> 2);
  const [first, second, third] = [c, c + 0x10000, c + 0x20000];
  executor.call("gemm_nn_f32", first, a, b, bias, scratch, m, n, k, 1, 0);
  executor.call("gemm_nt_f32", second, a, b, scratch, m, n, k);
  executor.call("gemm_tn_f32", third, a, b, scratch, m, n, k, m);
  return executor.views.u32.slice(c >>> 2, scratch >>> 2);
}

it.each([false, true])("computes the same products in tiles of twice the width (strict: %s)", async (strict) => {
  const { startThread } = nodePlatform;
  const [usual, wide] = [await loadWasm({ strict }), await loadWasm({ strict, startThread, wide: true })];
  try {
    for (const m of [1, 4, 5, 6, 7, 13, 49, 61]) {
      for (const n of [1, 8, 15, 16, 17, 24, 33, 64]) {
        for (const k of [1, 3, 70]) expect(products(wide, m, n, k), `${m} × ${n} × ${k}`).toEqual(products(usual, m, n, k));
      }
    }
    // Sums that go on from one block of k to the next.
    expect(products(wide, 6, 32, 900)).toEqual(products(usual, 6, 32, 900));
  } finally {
    await wide.close();
    await usual.close();
  }
});
