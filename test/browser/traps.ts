// A Worker that has a kernel trap, on the first of two threads and on the second, and tells what became of it.
import { startThreadOfPage } from "../../src/browser/threadsOfPage.ts";
import { encode } from "../../src/wasm/encode.ts";
import { loadWasm } from "../../src/wasm/load.ts";

const [FIRST, SECOND, DATA, END] = [0x10000, 0x12000, 0x14000, 0x20000];
const OUTSIDE = 0xfff00000;

async function trap(addresses: readonly [first: number, second: number]): Promise<string> {
  const executor = await loadWasm({ threads: 2, startThread: startThreadOfPage });
  executor.reserve(END);
  const programs = [FIRST, SECOND];
  for (const [i, program] of programs.entries()) {
    const { views } = executor;
    const at = encode(views, program >>> 2, "fill_f32", [addresses[i] as number, 64, 1]);
    views.u32[encode(views, at, "meet", [executor.control, 2])] = 0;
  }
  try {
    executor.runTogether(programs);
    return "nothing trapped";
  } catch (error) {
    return (error as Error).message;
  } finally {
    await executor.close();
  }
}

postMessage([await trap([OUTSIDE, DATA]), await trap([DATA, OUTSIDE])]);
