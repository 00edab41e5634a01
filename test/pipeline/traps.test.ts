// A kernel that traps ends the run, on whichever thread it is: nobody is left waiting, and whoever ran it is told where and why.
import { afterEach, describe, expect, it } from "vitest";
import { PipelineError } from "../../src/errors.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import type { Executor, KernelName } from "../../src/wasm/abi.ts";
import { encode } from "../../src/wasm/encode.ts";
import { type LoadOptions, loadWasm } from "../../src/wasm/load.ts";

const { startThread } = nodePlatform;
const [FIRST, SECOND, DATA, END] = [0x10000, 0x12000, 0x14000, 0x20000];
const OUTSIDE = 0xfff00000;
const opened: Executor[] = [];

afterEach(async () => {
  for (const executor of opened.splice(0)) await executor.close();
});

type Step = readonly [kernel: KernelName, ...args: number[]];

async function open(options: LoadOptions): Promise<Executor> {
  const executor = await loadWasm({ ...options, startThread });
  opened.push(executor);
  executor.reserve(END);
  return executor;
}

function write({ views }: Executor, program: number, steps: readonly Step[]): number {
  views.u32[steps.reduce((at, [kernel, ...args]) => encode(views, at, kernel, args), program >>> 2)] = 0;
  return program;
}

const fill = (address: number): Step => ["fill_f32", address, 64, 1];

/** Programs for two threads that meet thrice; what fills at `OUTSIDE` traps. */
function pair(executor: Executor, first: number, second: number): number[] {
  const meet: Step = ["meet", executor.control, 2];
  return [write(executor, FIRST, [meet, fill(first), meet, meet]), write(executor, SECOND, [meet, fill(second), meet, meet])];
}

function errorOf(work: () => void): PipelineError {
  try {
    work();
  } catch (error) {
    if (error instanceof PipelineError) return error;
    throw error;
  }
  throw new Error("nothing trapped");
}

const teams = [
  ["one of them the caller's", { threads: 2 }],
  ["all of them workers", { threads: 2, wide: true }],
] as const;

describe.each(teams)("two threads, %s", (_, options) => {
  it("compute where nothing traps", async () => {
    const executor = await open(options);
    executor.runTogether(pair(executor, DATA, DATA + 1024));
    expect([executor.views.f32[DATA >>> 2], executor.views.f32[(DATA + 1024) >>> 2]]).toEqual([1, 1]);
  });

  it.each([
    ["first", OUTSIDE, DATA, 1],
    ["second", DATA, OUTSIDE, 2],
  ] as const)("end with one error when the %s traps", async (_, first, second, thread) => {
    const executor = await open(options);
    const programs = pair(executor, first, second);
    const error = errorOf(() => executor.runTogether(programs));
    expect(error).toMatchObject({ code: "environment", at: "wasm" });
    expect(error.message).toMatch(
      new RegExp(`^wasm: a kernel broke off on thread ${thread} of 2: memory access out of bounds; .*use \\{ backend: "js" \\}`),
    );
    // It is broken for good, and says so again.
    expect(errorOf(() => executor.runTogether(programs))).toBe(error);
    expect(errorOf(() => executor.run(write(executor, FIRST, [fill(DATA)])))).toBe(error);
  });

  it("end with one error when both trap", async () => {
    const executor = await open(options);
    const error = errorOf(() => executor.runTogether(pair(executor, OUTSIDE, OUTSIDE)));
    expect(error.message).toMatch(/broke off on thread [12] of 2: memory access out of bounds; /);
  });

  it("end with one error when the first traps while the second has nothing to do", async () => {
    const executor = await open(options);
    expect(errorOf(() => executor.run(write(executor, FIRST, [fill(OUTSIDE)]))).message).toContain("on thread 1 of 2: memory access");
  });
});

it("names no thread where there is one", async () => {
  const executor = await open({ threads: 1 });
  expect(errorOf(() => executor.run(write(executor, FIRST, [fill(OUTSIDE)]))).message).toContain("wasm: a kernel broke off: memory access");
});

it.each([1, 2])("leaves nothing for the next executor to take over (threads: %i)", async (threads) => {
  const sound = await open({ threads });
  const { buffer } = sound.views.u8;
  await sound.close();
  const next = await open({ threads });
  expect(next.views.u8.buffer).toBe(buffer);
  errorOf(() => next.run(write(next, FIRST, [fill(OUTSIDE)])));
  await next.close();
  const other = await open({ threads });
  expect(other.views.u8.buffer).not.toBe(buffer);
  other.run(write(other, FIRST, [fill(DATA)]));
  expect(other.views.f32[DATA >>> 2]).toBe(1);
});
