// Runs leave nothing behind: not memory, not a timer.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Kind = "rss" | "external" | "arrayBuffers";

function fifty(...options: string[]): { memory: Record<Kind, number[]>; left: string[] } {
  const [threads = "1", ...flags] = options;
  // V8 doubles its young generation, by 16 MiB, once and when it likes: held small, what grows is what runs leave.
  flags.push("--max-semi-space-size=1");
  const child = spawnSync(process.execPath, [...flags, join(import.meta.dirname, "../support/manyRuns.ts"), threads], { encoding: "utf8" });
  expect(child.stderr).toBe("");
  return JSON.parse(child.stdout);
}

describe("fifty runs in one process stay within a tenth of the memory after the fifth", () => {
  it("as the garbage collector pleases", () => {
    const { memory, left } = fifty("1");
    expect(Math.max(...memory.rss.slice(5))).toBeLessThanOrEqual((memory.rss[4] as number) * 1.1);
    expect(left).toEqual([]);
  });

  it("collected after each, with two threads: resident, external and of buffers", () => {
    const { memory, left } = fifty("2", "--expose-gc");
    expect(Math.max(...memory.rss.slice(5))).toBeLessThanOrEqual((memory.rss[4] as number) * 1.1);
    // A buffer may still be on its way out when it is asked, so the least of the last five counts.
    for (const kind of ["external", "arrayBuffers"] as const)
      expect(Math.min(...memory[kind].slice(-5)), kind).toBeLessThanOrEqual((memory[kind][4] as number) * 1.1);
    expect(left).toEqual([]);
  });
});
