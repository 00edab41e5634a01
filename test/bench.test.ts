// The bench runs, and prints what its name says; how fast is for a person to read.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

it("times chosen kernels on three executors and writes JSON", () => {
  const file = join(mkdtempSync(join(tmpdir(), "lanewise-bench-")), "bench.json");
  const root = resolve(import.meta.dirname, "..");
  const child = spawnSync(process.execPath, ["bench/main.ts", "relu", "--quick", "--json", file], { cwd: root, encoding: "utf8" });
  expect(child.stderr).toBe("");
  expect(child.stdout).toContain("| relu_f32 | ns/element |");
  const { rows, machine } = JSON.parse(readFileSync(file, "utf8"));
  expect(machine.node).toBe(process.version);
  expect(rows.map((row: { name: string }) => row.name)).toEqual(["leaky_relu_f32", "leaky_relu_grad_f32", "relu_f32", "relu_grad_f32"]);
  for (const row of rows) for (const key of ["relaxed", "simd", "js", "relaxedRatio", "simdRatio"]) expect(row[key]).toBeGreaterThan(0);
});
