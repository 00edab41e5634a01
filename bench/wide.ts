// node bench/wide.ts [--quick]: vectors of 256 bits (`run(…, { wide: true })`) against those of 128, in one run, on one thread each. The
// wide ones pay for the way to their worker and back.
import { parseArgs } from "node:util";
import { nodePlatform } from "../src/node/platform.ts";
import { wideVectors } from "../src/node/wideVectors.ts";
import { sessionOn } from "../src/pipeline/session.ts";
import type { Executor } from "../src/wasm/abi.ts";
import { loadWasm } from "../src/wasm/load.ts";
import { loadWide } from "../src/wasm/loadWide.ts";
import { kernelCases } from "./kernels.ts";
import { race, type Standing } from "./race.ts";
import { specOf, stepOf } from "./steps.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean" } } });
const { startThread } = nodePlatform;

async function open(strict: boolean): Promise<readonly [wide: Executor, usual: Executor]> {
  const wide = await loadWide({ strict, startThread }, wideVectors);
  if (typeof wide === "string") throw new Error(wide);
  return [wide, await loadWasm({ strict })];
}

async function row(name: string, run: (executor: Executor) => Promise<() => void>): Promise<void> {
  const cells: string[] = [];
  for (const strict of [false, true]) {
    const executors = await open(strict);
    const contenders = await Promise.all(executors.map(async (e) => ({ name: String(e.wide), run: await run(e) })));
    const [wide, usual] = (await race(contenders, values.quick ? 3 : 15)) as [Standing, Standing];
    cells.push(wide.time.toFixed(0), usual.time.toFixed(0), `${wide.lead.toFixed(2)} ×`);
    for (const executor of executors) await executor.close();
  }
  console.log(`| ${[name, ...cells].join(" | ")} |`);
}

console.log("| µs | relaxed, 256 bits | 128 bits | | SIMD, 256 bits | 128 bits | |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
for (const batch of [32, 256]) {
  await row(`training step 784-128-10, batch ${batch}`, async (executor) => stepOf(await sessionOn(executor, specOf(batch)), batch));
}
for (const { name, prepare } of await kernelCases()) {
  if (/^gemm_nn_f32 (64×64×64|192×192×192|384×384×384|768×768×768)$/.test(name)) await row(name, async (executor) => prepare(executor));
}
