// The bench runs, and prints what its name says; how fast is for a person to read.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

it("times the step and chosen kernels on three executors and writes JSON", () => {
  const file = join(mkdtempSync(join(tmpdir(), "lanewise-bench-")), "bench.json");
  const root = resolve(import.meta.dirname, "..");
  const child = spawnSync(process.execPath, ["bench/main.ts", "step", "relu", "--quick", "--json", file], { cwd: root, encoding: "utf8" });
  expect(child.stderr).toBe("");
  expect(child.stdout).toContain("| relu_f32 | ns/element |");
  const { rows, machine, peak } = JSON.parse(readFileSync(file, "utf8"));
  expect(machine.node).toBe(process.version);
  expect(["relaxed", "simd"]).toContain(machine.build);
  expect(peak).toBeGreaterThan(0);
  expect(rows.map((row: { name: string; unit: string }) => `${row.name}: ${row.unit}`)).toEqual([
    "training step 784-128-10, batch 32: µs/step",
    "training step 784-128-10, batch 256: µs/step",
    "leaky_relu_f32: ns/element",
    "leaky_relu_grad_f32: ns/element",
    "relu_f32: ns/element",
    "relu_grad_f32: ns/element",
  ]);
  for (const row of rows) for (const key of ["relaxed", "simd", "js", "relaxedRatio", "simdRatio"]) expect(row[key]).toBeGreaterThan(0);
});
