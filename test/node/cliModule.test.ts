// Pipeline modules that do more than export a pipeline: whatever happens is one line, never a silent success or a stack trace.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lanewise } from "./commandLine.ts";
import { temporaryFolder } from "./temporary.ts";

const pipeline = `{
  source: { kind: "arrays", x: [[1, 0], [1, 1], [0, 1], [0, 0]], y: [1, 1, 1, 0] },
  split: { test: 1 },
  model: [{ kind: "dense", units: 1 }],
  train: { loss: "meanSquaredError", optimizer: "sgd", epochs: 1, batchSize: 3 },
}`;

test.each([
  [
    "leaves",
    "process.exit(0);",
    2,
    "lanewise: the process ended before the command did; a pipeline file must not call process.exit or await what never comes\n",
  ],
  [
    "awaits what never comes",
    "await new Promise(() => {});",
    2,
    "lanewise: the process ended before the command did; a pipeline file must not call process.exit or await what never comes\n",
  ],
  ["rejects a promise of its own", 'Promise.reject(new Error("later"));', 1, "lanewise: unexpected: later (--debug shows where)\n"],
  [
    "throws in a timer",
    'setTimeout(() => { throw new Error("later"); }); await new Promise((done) => setTimeout(done, 1000));',
    1,
    "lanewise: unexpected: later (--debug shows where)\n",
  ],
])("a module that %s", async (_, statement, code, stderr) => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "p.ts"), `${statement}\nexport default ${pipeline};\n`);
  expect(await lanewise(["run", "p.ts", "--quiet"], { cwd })).toEqual({ code, stdout: "", stderr });
});

test("a module that only exports its pipeline runs", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "p.ts"), `export default ${pipeline};\n`);
  expect(await lanewise(["run", "p.ts", "--quiet"], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
});
