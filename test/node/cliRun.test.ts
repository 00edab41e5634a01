// The command line from outside: what it prints, what it leaves, and how it ends.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png } from "../data/png.ts";
import { lanewise, type Outcome, type Setting } from "./commandLine.ts";

const cwd = mkdtempSync(join(tmpdir(), "lanewise-cli-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const call = (args: readonly string[], setting: Omit<Setting, "cwd"> = {}): Promise<Outcome> => lanewise(args, { cwd, ...setting });
const lastLine = (text: string): unknown => JSON.parse(text.trimEnd().split("\n").at(-1) as string);
const json = (path: string): Record<string, unknown> => JSON.parse(readFileSync(join(cwd, path), "utf8")) as Record<string, unknown>;

const or = `import { arrays, dense, pipeline, sgd } from "lanewise";
const x = [[1, 0], [1, 1], [0, 1], [0, 0]];
const y = [1, 1, 1, 0];
export default pipeline({
  source: arrays({ x, y, test: { x, y } }),
  split: { test: "given" },
  model: [dense(1, { activation: "sigmoid" })],
  train: { optimizer: sgd({ learningRate: 5 }), loss: "binaryCrossentropy", epochs: 30, batchSize: 4 },
  evaluate: ["accuracy", "confusionMatrix"],
});
`;

/** With hundreds of epochs, of ten milliseconds or so, there is time to stop it. */
const digits = `import { dense, flatten, minMax, pipeline, strokes } from "lanewise";
export default pipeline({
  source: strokes({ rows: 2000, test: 500 }),
  clean: [{ kind: "dropDuplicates" }],
  normalize: [minMax()],
  split: { test: "given", validation: 0.1 },
  model: [flatten(), dense(10, { activation: "softmax" })],
  train: { optimizer: "adam", loss: "sparseCategoricalCrossentropy", epochs: 3 },
  evaluate: ["accuracy", "precision", "f1"],
  seed: 3,
});
`;

beforeAll(() => {
  writeFileSync(join(cwd, "or.ts"), or);
  writeFileSync(join(cwd, "digits.ts"), digits);
});

describe("lanewise run", () => {
  it("trains, and with --json ends standard output with one object", async () => {
    const { code, stdout, stderr } = await call(["run", "or.ts", "--json"]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    const result = lastLine(stdout) as { run: string; epochs: number; test: Record<string, number> };
    expect(Object.keys(result)).toEqual(["run", "seconds", "epochs", "train", "test", "baseline", "intervals"]);
    expect(result).toMatchObject({
      epochs: 30,
      test: { accuracy: 1 },
      baseline: { accuracy: expect.any(Number) },
      intervals: { accuracy: [1, 1] },
    });
    expect(Object.keys(result.test)).toEqual(["loss", "accuracy"]);
    expect(result.run).toMatch(/^runs\/or-\d{8}-\d{6}$/);
    expect(readdirSync(join(cwd, result.run)).sort()).toEqual([
      "checkpoint.safetensors",
      "history.jsonl",
      "metrics.json",
      "model.safetensors",
      "pipeline.json",
      "report.html",
      "report.json",
    ]);
    expect(json(`${result.run}/pipeline.json`)).toMatchObject({ pipeline: { name: "or" } });
    expect(stderr.match(/^Epoch \d+\/30 {2}/gm)).toHaveLength(30);
  });

  it("prints plain lines, without codes for a terminal, where there is none", async () => {
    const { code, stdout, stderr } = await call(["run", "or.ts", "--out", "plain", "--set", "train.epochs=2"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain('Model: "or"');
    expect(stdout).toMatch(/^Epoch 2\/2 .* samples\/s {2}accuracy: \d\.\d{4} {2}loss: \d\.\d{4}$/m);
    expect(stdout).toMatch(/✔ 2 epochs in .* → plain\n$/);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).not.toContain("\r");
  });

  it("says nothing with --quiet, but warns", async () => {
    const { code, stdout, stderr } = await call(["run", "or.ts", "--out", "quiet", "--quiet", "--set", "train.batchSize=100", "--json"]);
    expect(code).toBe(0);
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stderr).toBe("⚠ train.batchSize: 100 is more than the 4 training rows; every batch holds all of them\n");
  });

  it("computes the same on the js backend as far as f32 goes", async () => {
    const [wasm, js] = await Promise.all(
      ["wasm", "js"].map(async (backend) =>
        lastLine((await call(["run", "or.ts", "--out", backend, "--backend", backend, "--json"])).stdout),
      ),
    );
    const losses = [wasm, js].map((result) => (result as { test: { loss: number } }).test.loss) as [number, number];
    expect(losses[0]).toBeCloseTo(losses[1], 5);
    expect(json("js/pipeline.json").build).toBe("js");
  });

  it("ends quietly when nobody reads its output any more", async () => {
    const { stderr } = await call(["run", "digits.ts", "--out", "pipe", "--set", "train.epochs=3"], {
      watch: (_, child) => child.stdout.destroy(),
    });
    expect(stderr).toBe("");
  });

  it("ends with code 1 when the loss is no longer a number", async () => {
    const { code, stderr } = await call([
      "run",
      "or.ts",
      "--out",
      "nan",
      "--json",
      "--set",
      "train.loss=meanSquaredError",
      "--set",
      'model=[{"kind":"dense","units":1}]',
      "--set",
      "train.optimizer.learningRate=1e30",
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain("no longer a number");
  });
});

describe("a run that is stopped", () => {
  const epochs = ["--set", "train.epochs=400"];
  const stop = (signal: NodeJS.Signals) => {
    let sent = false;
    return (output: string, child: { kill(signal: NodeJS.Signals): boolean }): void => {
      if (sent || !output.includes("Epoch 2/")) return;
      sent = true;
      child.kill(signal);
    };
  };

  it("by Ctrl-C keeps its checkpoint, says how to go on, and can", async () => {
    const { code, stderr } = await call(["run", "digits.ts", "--out", "stopped", ...epochs], { watch: stop("SIGINT") });
    expect(code).toBe(130);
    const epoch = Number(/the checkpoint of epoch (\d+) is in stopped/.exec(stderr)?.[1]);
    expect(epoch).toBeGreaterThanOrEqual(1);
    expect(stderr).toContain("  lanewise run digits.ts --set train.epochs=400 --resume stopped\n");
    expect(existsSync(join(cwd, "stopped/model.safetensors"))).toBe(false);
    const more = String(epoch + 1);
    const resumed = await call(["run", "digits.ts", "--set", `train.epochs=${more}`, "--resume", "stopped", "--json"]);
    expect(lastLine(resumed.stdout)).toMatchObject({ run: "stopped", epochs: epoch + 1 });
    expect(resumed.stderr).toContain(`↻ continuing after epoch ${epoch} of ${more}`);
    expect(readFileSync(join(cwd, "stopped/history.jsonl"), "utf8").trimEnd().split("\n")).toHaveLength(epoch + 1);
  });

  it("by SIGTERM ends with 143", async () => {
    const { code } = await call(["run", "digits.ts", "--out", "terminated", ...epochs], { watch: stop("SIGTERM") });
    expect(code).toBe(143);
  });

  it("is found by --resume alone, and ends in the bytes of a run that was not stopped", async () => {
    writeFileSync(join(cwd, "killed.ts"), digits);
    const killed = await call(["run", "killed.ts", "--set", "train.epochs=150"], { watch: stop("SIGKILL") });
    expect(killed.code).toBe(null);
    const resumed = await call(["run", "killed.ts", "--set", "train.epochs=150", "--resume", "--json"]);
    expect(resumed.code).toBe(0);
    const { run } = lastLine(resumed.stdout) as { run: string };
    expect(run).toMatch(/^runs\/killed-/);
    await call(["run", "killed.ts", "--set", "train.epochs=150", "--out", "whole"]);
    expect(readFileSync(join(cwd, run, "model.safetensors"))).toEqual(readFileSync(join(cwd, "whole/model.safetensors")));
  });

  it("is not resumed with other settings, and loses nothing by the attempt", async () => {
    await call(["run", "digits.ts", "--out", "kept"]);
    const before = readdirSync(join(cwd, "kept")).map((name) => readFileSync(join(cwd, "kept", name)));
    const { code, stderr } = await call(["run", "digits.ts", "--resume", "kept", "--set", "seed=4"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^lanewise: --resume: kept\/checkpoint.safetensors belongs to another run: seed was 3 and is 4; .*\n$/);
    expect(readdirSync(join(cwd, "kept")).map((name) => readFileSync(join(cwd, "kept", name)))).toEqual(before);
  });
});

describe("a finished run", () => {
  beforeAll(async () => {
    await call(["run", "digits.ts", "--out", "digits"]);
    await call(["run", "or.ts", "--out", "or"]);
  });

  it("is measured again with the same numbers", async () => {
    const { code, stdout } = await call(["evaluate", "digits", "--json"]);
    expect(code).toBe(0);
    const before = json("digits/metrics.json") as { test: unknown; evaluation: { test: unknown } };
    expect(lastLine(stdout)).toEqual({ run: "digits", test: before.test, evaluation: before.evaluation.test });
    expect((await call(["evaluate", "digits"])).stdout).toMatch(/Test\nrows +500 {2}95 % interval +most frequent class\n/);
  });

  it("is measured on the data that its pipeline holds, where that is small", async () => {
    const inline = (rows: number): string => `import { arrays, dense, pipeline } from "lanewise";
const x = Float32Array.from({ length: 2 * ${rows} }, (_, i) => (i * 7919) % 1000);
const y = Float32Array.from({ length: ${rows} }, (_, i) => i % 3);
export default pipeline({
  source: arrays({ x, y, shape: [2], task: "regression" }),
  normalize: [{ kind: "standardize" }],
  split: { test: 0.3 },
  model: [dense(1)],
  train: { loss: "meanSquaredError" },
  evaluate: ["mse", "r2"],
});
`;
    writeFileSync(join(cwd, "small.ts"), inline(40));
    writeFileSync(join(cwd, "large.ts"), inline(40_000));
    await Promise.all(["small", "large"].map((name) => call(["run", `${name}.ts`, "--out", name])));
    const { test } = json("small/metrics.json");
    expect(lastLine((await call(["evaluate", "small", "--json"])).stdout)).toMatchObject({ test });
    const { code, stderr } = await call(["evaluate", "large"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^lanewise: large source arrays: the run folder does not keep large inline data \(Float32Array of 80000\); measure it in code/,
    );
  });

  it("answers for rows, alone or in lists or files", async () => {
    writeFileSync(join(cwd, "rows.json"), "[[0, 1], [0, 0]]");
    const { code, stdout } = await call(["predict", "or", "[1, 0]", "[[0, 0], [1, 1]]", "rows.json", "--json"]);
    expect(code).toBe(0);
    const answers = lastLine(stdout) as { input: string; class: string; probability: number }[];
    expect(answers.map((answer) => [answer.input, answer.class])).toEqual([
      ["[1, 0]", "1"],
      ["[[0, 0], [1, 1]][0]", "0"],
      ["[[0, 0], [1, 1]][1]", "1"],
      ["rows.json[0]", "1"],
      ["rows.json[1]", "0"],
    ]);
    for (const { probability } of answers) expect(probability).toBeGreaterThan(0.5);
    expect((await call(["predict", "or", "[1, 0]"])).stdout).toMatch(/^\[1, 0\] {2}1 {2}\d\d\.\d\d %\n$/);
  });

  it("answers for every step of a sequence", async () => {
    writeFileSync(
      join(cwd, "steps.ts"),
      `import { adam, arrays, dense, embedding, pipeline } from "lanewise";
const x = [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]];
const y = x.map((row) => row.map((id) => (id + 1) % 3));
export default pipeline({
  source: arrays({ x, y, task: "classification", classes: ["a", "b", "c"] }),
  model: [embedding(3, 4), dense(3, { activation: "softmax" })],
  train: { optimizer: adam({ learningRate: 0.1 }), loss: "sparseCategoricalCrossentropy", epochs: 60 },
});
`,
    );
    expect((await call(["run", "steps.ts", "--out", "steps"])).code).toBe(0);
    expect((await call(["predict", "steps", "[2, 1, 0]"])).stdout).toBe("[2, 1, 0]  a c b\n");
    const [answer] = lastLine((await call(["predict", "steps", "[2, 1, 0]", "--json"])).stdout) as [{ steps: { class: string }[] }];
    expect(answer.steps.map((step) => step.class)).toEqual(["a", "c", "b"]);
  });

  it("answers for pictures of any size", async () => {
    const lines = Array.from({ length: 56 }, (_, row) =>
      Array.from({ length: 56 }, (_, column) => (Math.abs(column - 28) < 4 && row > 8 && row < 48 ? 255 : 0)),
    );
    writeFileSync(join(cwd, "one.png"), png({ width: 56, height: 56, colour: 0, depth: 8, lines }));
    const { code, stdout } = await call(["predict", "digits", "one.png", "--json"]);
    expect(code).toBe(0);
    const [answer] = lastLine(stdout) as { input: string; class: string; output: number[] }[];
    expect(answer).toMatchObject({ input: "one.png", class: "1" });
    expect(answer?.output.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  });

  it("is inspected, as its pipeline is", async () => {
    const run = lastLine((await call(["inspect", "digits", "--json"])).stdout) as {
      calls: { kernel: string; sizes: number[]; flops: number }[];
      batchSize: number;
    };
    const file = lastLine((await call(["inspect", "digits.ts", "--json"])).stdout) as typeof run;
    expect(file.calls.map(({ kernel, sizes }) => [kernel, ...sizes])).toEqual(run.calls.map(({ kernel, sizes }) => [kernel, ...sizes]));
    expect(run.calls.find(({ kernel }) => kernel === "gemm_nn_f32")).toMatchObject({ sizes: [32, 10, 784], flops: 2 * 32 * 10 * 784 });
    const { stdout } = await call(["inspect", "digits"]);
    expect(stdout).toContain('Model: "digits"');
    expect(stdout).toMatch(/gemm_tn_f32 +784×10×32 +501,760 +/);
    expect(stdout).toMatch(/\d+ kernel calls, [\d,]+ FLOPs/);
  });
});

describe("help", () => {
  it("is there for the whole and for each command, with examples", async () => {
    const whole = await call(["--help"]);
    expect(whole.code).toBe(0);
    for (const command of ["run", "predict", "evaluate", "inspect", "doctor", "bench"]) {
      expect(whole.stdout).toContain(`  ${command} `);
      const { code, stdout } = await call([command, "-h"]);
      expect(code, command).toBe(0);
      expect(stdout).toContain(`usage: lanewise ${command}`);
      expect(stdout).toMatch(/examples:\n {2}lanewise/);
    }
  });

  it("comes with code 2 where no command is given, and a version where it is asked for", async () => {
    expect(await call([])).toMatchObject({ code: 2, stdout: expect.stringContaining("usage: lanewise COMMAND") });
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    expect(await call(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("lanewise doctor", () => {
  it("says what there is", async () => {
    const { code, stdout } = await call(["doctor", "--json"], { env: { LANEWISE_DATA: cwd, XDG_CACHE_HOME: join(cwd, "cache") } });
    expect(code).toBe(0);
    expect(lastLine(stdout)).toMatchObject({
      simd: true,
      typescript: true,
      data: cwd,
      cache: join(cwd, "cache/lanewise"),
      cacheExists: false,
    });
    const text = (await call(["doctor"], { env: { LANEWISE_DATA: join(cwd, "gone") } })).stdout;
    expect(text).toMatch(/✔ SIMD +yes/);
    expect(text).toMatch(/✘ \$LANEWISE_DATA +.*there is no such folder/);
  });
});
