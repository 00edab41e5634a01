// A run that is killed and resumed ends in the same bytes as one that was not.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSafetensors } from "../../src/data/safetensors.ts";
import { dense, type Pipeline, pipeline, type RunEvent, run } from "../../src/node/index.ts";

const root = mkdtempSync(join(tmpdir(), "lanewise-resume-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const child = [join(import.meta.dirname, "../support/trainChild.ts")];
const EPOCHS = "8";

/** Kills the child as soon as it has printed `line`, after `delay` milliseconds. */
function killed(out: string, line: string, delay: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, [...child, out, "", EPOCHS], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    process_.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes(line)) setTimeout(() => process_.kill("SIGKILL"), delay);
    });
    process_.on("close", (_, signal) => (signal === "SIGKILL" ? resolve() : reject(new Error(`it ended by itself: ${text}`))));
  });
}

const finish = (out: string, resume: "" | "resume"): string =>
  spawnSync(process.execPath, [...child, out, resume, EPOCHS], { encoding: "utf8" }).stdout;

describe("killed in epoch 3", () => {
  it.each([0, 5, 15, 25])("and resumed, it ends in the same bytes (%i ms after epoch 2)", async (delay) => {
    const whole = join(root, "whole");
    const broken = join(root, `broken-${delay}`);
    const lines = existsSync(whole) ? readFileSync(join(root, "lines"), "utf8") : finish(whole, "");
    writeFileSync(join(root, "lines"), lines);
    await killed(broken, "epoch 2", delay);
    expect(existsSync(join(broken, "model.safetensors"))).toBe(false);
    readSafetensors(new Uint8Array(readFileSync(join(broken, "checkpoint.safetensors"))), "checkpoint");
    const rest = finish(broken, "resume");
    expect(lines.endsWith(rest)).toBe(true);
    expect(rest).toContain("epoch 4");
    expect(readFileSync(join(broken, "model.safetensors"))).toEqual(readFileSync(join(whole, "model.safetensors")));
    const epochs = (folder: string): unknown[] =>
      readFileSync(join(folder, "history.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line) => (({ epoch, learningRate, train, validation }) => ({ epoch, learningRate, train, validation }))(JSON.parse(line)));
    expect(epochs(broken)).toEqual(epochs(whole));
  });
});

const xor = (settings: Partial<Pipeline["train"]> = {}): Pipeline => {
  const x = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const y = [0, 1, 1, 0];
  return pipeline({
    source: { kind: "arrays", x, y, test: { x, y } } as Pipeline["source"],
    model: [dense(4, { activation: "tanh" }), dense(1, { activation: "sigmoid" })],
    train: { loss: "binaryCrossentropy", optimizer: "adam", epochs: 5, ...settings },
  });
};

async function all(of: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of of) events.push(event);
  return events;
}

describe("resuming", () => {
  it("goes on where a finished run ended, for more epochs", async () => {
    const [ten, five] = [join(root, "ten"), join(root, "five")];
    await all(run(xor({ epochs: 10 }), { out: ten }));
    await all(run(xor(), { out: five }));
    const events = await all(run(xor({ epochs: 10 }), { out: five, resume: true }));
    expect(events.filter((e) => e.type === "epoch").map((e) => e.epoch)).toEqual([6, 7, 8, 9, 10]);
    expect(readFileSync(join(five, "model.safetensors"))).toEqual(readFileSync(join(ten, "model.safetensors")));
  });

  it("goes on after a loop was left", async () => {
    const [left, whole] = [join(root, "left"), join(root, "whole-xor")];
    await all(run(xor(), { out: whole }));
    for await (const event of run(xor(), { out: left })) if (event.type === "artifact" && event.name === "history.jsonl") break;
    await all(run(xor(), { out: left, resume: true }));
    expect(readFileSync(join(left, "model.safetensors"))).toEqual(readFileSync(join(whole, "model.safetensors")));
  });

  it("starts anew where there is no checkpoint", async () => {
    const events = await all(run(xor(), { out: join(root, "nothing"), resume: true }));
    expect(events.filter((e) => e.type === "epoch")).toHaveLength(5);
  });

  it("refuses another pipeline, and names the setting", async () => {
    const out = join(root, "other");
    await all(run(xor(), { out }));
    await expect(all(run(xor({ optimizer: "sgd" }), { out, resume: true }))).rejects.toThrow(
      `--resume: ${out}/checkpoint.safetensors belongs to another run: train.optimizer was "adam" and is "sgd"; start anew in another folder, or change it back`,
    );
  });

  it("refuses a checkpoint that was cut off", async () => {
    const out = join(root, "cut");
    await all(run(xor(), { out }));
    truncateSync(join(out, "checkpoint.safetensors"), 900);
    await expect(all(run(xor({ epochs: 9 }), { out, resume: true }))).rejects.toThrow(/checkpoint\.safetensors/);
  });
});
