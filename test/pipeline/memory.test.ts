// Runs leave nothing behind: not memory, not a worker, not a timer.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

it.each(["1", "2"])("fifty runs in one process stay within a tenth of the memory after the fifth (threads: %s)", (threads) => {
  const child = spawnSync(process.execPath, [join(import.meta.dirname, "../support/manyRuns.ts"), threads], { encoding: "utf8" });
  expect(child.stderr).toBe("");
  const { resident, left } = JSON.parse(child.stdout) as { resident: number[]; left: string[] };
  console.log(`resident MiB after run 5: ${resident[4]?.toFixed(0)}, at most after that: ${Math.max(...resident.slice(5)).toFixed(0)}`);
  expect(Math.max(...resident.slice(5))).toBeLessThanOrEqual((resident[4] as number) * 1.1);
  expect(left).toEqual([]);
});
