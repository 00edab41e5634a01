// From nothing to the first training step, as whoever installs the package has it: the built `dist/` in fresh processes.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { median } from "./race.ts";

/** Milliseconds. The start of the process itself is not in them. */
export interface ColdStart {
  readonly whole: number;
  readonly import: number;
  /** Data, model, weights, kernels: until the model stands in memory. */
  readonly build: number;
  readonly step: number;
}

/** Medians over this many processes. */
export function coldStart(processes: number): ColdStart {
  if (!existsSync(join(import.meta.dirname, "../dist/node/index.js"))) throw new Error("dist/: not built; npm run build");
  const starts = Array.from({ length: processes }, start);
  const of = (part: keyof ColdStart): number => median(starts.map((one) => one[part]));
  return { whole: of("whole"), import: of("import"), build: of("build"), step: of("step") };
}

function start(): ColdStart {
  const child = spawnSync(process.execPath, [join(import.meta.dirname, "firstStep.ts")], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(`bench/firstStep.ts failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as ColdStart;
}
