// A run that is killed and resumed ends in the same bytes as one that was not.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSafetensors } from "../../src/data/safetensors.ts";
import { arrays, earlyStopping, type Pipeline, run } from "../../src/node/index.ts";
import { all, failure, ofType } from "../support/runs.ts";
import { xor } from "../support/xor.ts";

const root = mkdtempSync(join(tmpdir(), "lanewise-resume-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const child = [join(import.meta.dirname, "../support/trainChild.ts")];
type Optimizer = "adam" | "sgd";

/** A run that is killed after `life` milliseconds, counted from the second epoch that it ends. Resolves with what became of it. */
function killed(out: string, resume: "" | "resume", by: Optimizer, life: number): Promise<"killed" | "whole"> {
  return new Promise((resolve) => {
    const process_ = spawn(process.execPath, [...child, out, resume, by], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    process_.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.split("epoch").length > 2) setTimeout(() => process_.kill("SIGKILL"), life);
    });
    process_.on("close", (_, signal) => resolve(signal === "SIGKILL" ? "killed" : "whole"));
  });
}

/** A run to its end, or to that of epoch `last`, where it kills itself before it leaves a checkpoint. Returns what it printed. */
const ran = (out: string, resume: "" | "resume", by: Optimizer, last = ""): string =>
  spawnSync(process.execPath, [...child, out, resume, by, last], { encoding: "utf8" }).stdout;

const wholeRuns = new Map<Optimizer, { folder: string; lines: string }>();

/** The run that was not killed. */
function whole(by: Optimizer): { folder: string; lines: string } {
  const folder = join(root, `whole-${by}`);
  const found = wholeRuns.get(by) ?? { folder, lines: ran(folder, "", by) };
  wholeRuns.set(by, found);
  return found;
}

const modelOf = (folder: string): Buffer => readFileSync(join(folder, "model.safetensors"));
const checkpointOf = (folder: string): ReturnType<typeof readSafetensors> =>
  readSafetensors(readFileSync(join(folder, "checkpoint.safetensors")), "checkpoint");

/** The history without what depends on the clock. */
const historyOf = (folder: string): unknown[] =>
  readFileSync(join(folder, "history.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => ({ ...JSON.parse(line), seconds: 0, samplesPerSecond: 0 }));

it.each<Optimizer>(["adam", "sgd"])("killed in epoch 3 and resumed, it ends in the same bytes (%s)", (by) => {
  const broken = join(root, `broken-${by}`);
  expect(ran(broken, "", by, "3")).toMatch(/^epoch 1 .*\nepoch 2 .*\n$/);
  expect(readdirSync(broken).sort()).toEqual(["checkpoint.safetensors", "history.jsonl", "pipeline.json", "report.json"]);
  const rest = ran(broken, "resume", by);
  expect(rest).toMatch(/^epoch 3 /);
  expect(whole(by).lines.endsWith(rest)).toBe(true);
  expect(modelOf(broken)).toEqual(modelOf(whole(by).folder));
  expect(historyOf(broken)).toEqual(historyOf(whole(by).folder));
});

it("killed again and again, wherever it stands, it ends in the same bytes", async () => {
  const folder = join(root, "again and again");
  // With its second epoch a life has left the checkpoint of its first, so this comes to an end. The moments wander.
  for (let life = 0; (await killed(folder, life === 0 ? "" : "resume", "adam", (life * 7) % 23)) === "killed"; life++) {
    checkpointOf(folder);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp")).length).toBeLessThanOrEqual(1);
  }
  expect(modelOf(folder)).toEqual(modelOf(whole("adam").folder));
  expect(readdirSync(folder).sort()).toEqual(readdirSync(whole("adam").folder).sort());
});

describe("resuming", () => {
  it("goes on where a finished run ended, for more epochs", async () => {
    const [ten, five] = [join(root, "ten"), join(root, "five")];
    await all(run(xor({ epochs: 10 }), { out: ten }));
    await all(run(xor(), { out: five }));
    const events = await all(run(xor({ epochs: 10 }), { out: five, resume: true }));
    expect(ofType(events, "epoch").map((e) => e.epoch)).toEqual([6, 7, 8, 9, 10]);
    expect(modelOf(five)).toEqual(modelOf(ten));
  });

  it("goes on after a loop was left", async () => {
    const [left, whole] = [join(root, "left"), join(root, "whole-xor")];
    await all(run(xor(), { out: whole }));
    for await (const event of run(xor(), { out: left })) if (event.type === "artifact" && event.name === "history.jsonl") break;
    await all(run(xor(), { out: left, resume: true }));
    expect(modelOf(left)).toEqual(modelOf(whole));
  });

  it("starts anew where there is no checkpoint", async () => {
    const events = await all(run(xor(), { out: join(root, "nothing"), resume: true }));
    expect(ofType(events, "epoch")).toHaveLength(5);
  });

  it("ends where a run stopped early, however many epochs are asked for", async () => {
    const [stopped, resumed] = [join(root, "stopped"), join(root, "resumed")];
    const callbacks = [earlyStopping({ monitor: "train.loss", patience: 1, minDelta: 0.01 })];
    const early = (epochs: number): Pipeline => xor({ epochs, callbacks });
    const events = await all(run(early(500), { out: stopped }));
    expect(ofType(events, "done")[0]).toMatchObject({ reason: "earlyStopping" });
    // Left between its last checkpoint and its model.
    for await (const event of run(early(500), { out: resumed })) if (event.type === "metrics") break;
    const rest = await all(run(early(900), { out: resumed, resume: true }));
    expect(ofType(rest, "epoch")).toEqual([]);
    expect(ofType(rest, "done")[0]).toMatchObject({ reason: "earlyStopping", epochs: ofType(events, "done")[0]?.epochs });
    expect(modelOf(resumed)).toEqual(modelOf(stopped));
  });

  it.each<[string, Pipeline, { strict: boolean }, string]>([
    ["optimizer", xor({ optimizer: "sgd" }), { strict: false }, 'train.optimizer was "adam" and is "sgd"'],
    ["seed", xor({}, { seed: 3 }), { strict: false }, "seed was undefined and is 3"],
    ["layer", xor({}, { model: xor().model.slice(1) }), { strict: false }, "model.0.units was 4 and is 1"],
    ["data", xor({}, { source: arrays({ x: [[0], [1]], y: [0, 1] }) }), { strict: false }, "source.x.0.1 was 0 and is undefined"],
    ["build", xor(), { strict: true }, 'build was "relaxed" and is "simd"'],
  ])("refuses another pipeline, and names what differs: the %s", async (_, changed, options, difference) => {
    const out = join(root, "other");
    if (!existsSync(out)) await all(run(xor(), { out }));
    expect(await failure(run(changed, { ...options, out, resume: true }))).toBe(
      `--resume: ${out}/checkpoint.safetensors belongs to another run: ${difference}; start anew in another folder, or change it back`,
    );
  });

  it("is not misled by the order of settings", async () => {
    const out = join(root, "order");
    await all(run(xor({ epochs: 2, batchSize: 2 }), { out }));
    const { train, model, source } = xor({ batchSize: 2, epochs: 3 });
    const events = await all(run({ train, model, source }, { out, resume: true }));
    expect(ofType(events, "epoch").map((e) => e.epoch)).toEqual([3]);
  });

  it("keeps no data in checkpoints, but notices when they change", async () => {
    const out = join(root, "large");
    const x = Float32Array.from({ length: 40_000 }, (_, i) => (i * 7919) % 1000);
    const large = (): Pipeline =>
      xor({ epochs: 1 }, { source: arrays({ x, shape: [2], y: Array.from({ length: 20_000 }, (_, i) => i % 2) }) });
    await all(run(large(), { out }));
    expect(statSync(join(out, "checkpoint.safetensors")).size).toBeLessThan(4000);
    x[39_999] = 1;
    await expect(all(run(large(), { out, resume: true }))).rejects.toThrow(
      /belongs to another run: source\.x was "Float32Array of 40000, [0-9a-f]{16}" and is "Float32Array of 40000, [0-9a-f]{16}"; start anew/,
    );
  });

  it("refuses a checkpoint that was cut off", async () => {
    const out = join(root, "cut");
    await all(run(xor(), { out }));
    const whole = statSync(join(out, "checkpoint.safetensors")).size;
    truncateSync(join(out, "checkpoint.safetensors"), whole - 5);
    expect(await failure(run(xor({ epochs: 9 }), { out, resume: true }))).toBe(
      `${out}/checkpoint.safetensors: the file is truncated: expected ${whole} bytes, got ${whole - 5}`,
    );
  });
});
