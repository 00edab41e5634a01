// Runs leave nothing behind: not memory, not a timer.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunOptions } from "../../src/pipeline/options.ts";

type Kind = "rss" | "external" | "arrayBuffers";

function fifty(options: RunOptions, ...flags: string[]): { memory: Record<Kind, number[]>; left: string[] } {
  // V8 doubles its young generation, by 16 MiB, once and when it likes: held small, what grows is what runs leave.
  flags.push("--max-semi-space-size=1");
  const child = spawnSync(process.execPath, [...flags, join(import.meta.dirname, "../support/manyRuns.ts"), JSON.stringify(options)], {
    encoding: "utf8",
  });
  expect(child.stderr).toBe("");
  return JSON.parse(child.stdout);
}

describe("fifty runs in one process stay within a tenth of the memory after the fifth", () => {
  it("as the garbage collector pleases", () => {
    const { memory, left } = fifty({});
    expect(Math.max(...memory.rss.slice(5))).toBeLessThanOrEqual((memory.rss[4] as number) * 1.1);
    expect(left).toEqual([]);
  });

  it.each<RunOptions>([{ threads: 2 }, { wide: true }])("collected after each, with %j: resident, external and of buffers", (options) => {
    const { memory, left } = fifty(options, "--expose-gc");
    expect(Math.max(...memory.rss.slice(5))).toBeLessThanOrEqual((memory.rss[4] as number) * 1.1);
    // A buffer may still be on its way out when it is asked, so the least of the last five counts.
    for (const kind of ["external", "arrayBuffers"] as const)
      expect(Math.min(...memory[kind].slice(-5)), kind).toBeLessThanOrEqual((memory[kind][4] as number) * 1.1);
    expect(left).toEqual([]);
  });
});
