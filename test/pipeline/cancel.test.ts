// Leaving a run ends it: no further event, nothing written, no timer, thread or connection left.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { dense, flatten, idx, type RunEvent, run, strokes } from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import { createRun } from "../../src/pipeline/run.ts";
import { emissions } from "../../src/pipeline/step.ts";
import { train } from "../../src/pipeline/train.ts";
import { builtOf, contextOf, ofType } from "../support/runs.ts";
import { xor } from "../support/xor.ts";

const root = mkdtempSync(join(tmpdir(), "lanewise-cancel-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Tells what keeps the process alive that did not do so before. */
function newcomers(): () => string[] {
  const before = process.getActiveResourcesInfo();
  return () => {
    const known = [...before];
    return process.getActiveResourcesInfo().filter((name) => {
      const at = known.indexOf(name);
      if (at >= 0) known.splice(at, 1);
      return at < 0;
    });
  };
}

/** Subscribes, leaves when `when` says so, and lets everything that was under way come to its end. */
async function leave(of: ReturnType<typeof run>, when: (event: RunEvent) => boolean): Promise<RunEvent[]> {
  const left = newcomers();
  const events: RunEvent[] = [];
  await new Promise<void>((resolve, reject) => {
    const subscription = of.subscribe({
      next(event) {
        events.push(event);
        if (!when(event)) return;
        subscription.unsubscribe();
        resolve();
      },
      error: reject,
      complete: () => reject(new Error("the run ended by itself")),
    });
  });
  const count = events.length;
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
  expect(events).toHaveLength(count);
  return events;
}

describe("unsubscribing", () => {
  it.each([1, 2])("ends a run while it trains, with the checkpoint of the last epoch left (threads: %i)", async (threads) => {
    const out = join(root, `trains-${threads}`);
    const events = await leave(run(xor({ epochs: 10 }), { out, threads }), (e) => e.type === "epoch" && e.epoch === 3);
    expect(events.at(-1)).toMatchObject({ type: "epoch", epoch: 3 });
    expect(readFileSync(join(out, "history.jsonl"), "utf8").trim().split("\n")).toHaveLength(2);
    expect(readdirSync(out).sort()).toEqual(["checkpoint.safetensors", "history.jsonl", "pipeline.json", "report.json"]);
  });

  it("ends a run while it evaluates, before it writes the model", async () => {
    const out = join(root, "evaluates");
    const events = await leave(run(xor({}, { split: { test: "given" } }), { out }), (e) => e.type === "metrics");
    expect(events.at(-1)).toMatchObject({ type: "metrics", set: "test" });
    expect(existsSync(join(out, "model.safetensors"))).toBe(false);
  });

  it("ends a run while its source loads, with the connection closed", async () => {
    const closed: string[] = [];
    const server = createServer((request, response) => {
      response.on("close", () => closed.push(request.url as string));
      response.writeHead(200, { "content-length": "1000" });
      response.write("a part");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const digits = { ...xor(), source: idx({ images: `${url}/images`, labels: `${url}/labels` }) };
    const events = await leave(run(digits), (e) => e.type === "progress");
    expect(events).toHaveLength(1);
    await expect.poll(() => closed).toEqual(["/images"]);
    server.close();
  });

  it("ends an epoch in its middle", async () => {
    const model = [flatten(), dense(256, { activation: "relu" as const }), dense(10, { activation: "softmax" as const })];
    const digits = xor({ loss: "sparseCategoricalCrossentropy", batchSize: 1 }, { source: strokes({ rows: 4000, test: 1 }), model });
    const cancel = new AbortController();
    const context = contextOf(digits, { backend: "js" }, undefined, cancel.signal);
    const built = await builtOf(context);
    const { network, executor } = built.session;
    let steps = 0;
    const closed = new Promise<void>((resolve) => {
      const counting: typeof network = {
        ...network,
        train(...args) {
          steps++;
          return network.train(...args);
        },
      };
      const closing = Object.assign(Object.create(executor) as typeof executor, { close: async () => resolve() });
      const watched = { ...built, session: { ...built.session, network: counting, executor: closing } };
      const subscription = emissions(() => train(context)(watched)).subscribe((emission) => {
        expect(emission).toMatchObject({ event: { type: "batch" } });
        subscription.unsubscribe();
        cancel.abort();
      });
    });
    await closed;
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(4000);
    await executor.close();
  });
});

describe("a signal", () => {
  it("ends a run with its reason", async () => {
    const cancel = new AbortController();
    const events: RunEvent[] = [];
    const follow = async (): Promise<void> => {
      for await (const event of run(xor({ epochs: 10 }), { signal: cancel.signal })) {
        events.push(event);
        if (event.type === "epoch") cancel.abort(new Error("enough"));
      }
    };
    await expect(follow()).rejects.toThrow("enough");
    expect(ofType(events, "epoch").length).toBeLessThan(10);
  });

  it("that has fired already starts nothing", async () => {
    const out = join(root, "never");
    const reason = new Error("before it began");
    await expect(run(xor(), { out, signal: AbortSignal.abort(reason) }).forEach(() => {})).rejects.toBe(reason);
    expect(existsSync(out)).toBe(false);
  });

  it("by a timer gets through many epochs that are each shorter than a moment", async () => {
    const endless = run(xor({ epochs: 100_000_000 }), { signal: AbortSignal.timeout(100) });
    await expect(endless.forEach(() => {})).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

describe("threads", () => {
  /** `run` that tells how many threads it has started and not yet seen end. */
  function counted(): { run: typeof run; alive: () => number } {
    let alive = 0;
    const startThread: typeof nodePlatform.startThread = async (source, data) => {
      const thread = await nodePlatform.startThread(source, data);
      alive++;
      return { ended: () => thread.ended().finally(() => alive--) };
    };
    return { run: createRun({ ...nodePlatform, startThread }), alive: () => alive };
  }

  it("end with their run", async () => {
    const { run, alive } = counted();
    for await (const event of run(xor(), { threads: 3 })) if (event.type === "epoch") expect(alive()).toBe(2);
    await expect.poll(alive).toBe(0);
  });

  it("end with their run where the first is one of them", async () => {
    const { run, alive } = counted();
    let wide = false;
    for await (const event of run(xor(), { threads: 2, wide: true })) {
      if (event.type === "model") wide = event.wide;
      if (event.type === "epoch") expect(alive()).toBe(wide ? 2 : 1);
    }
    await expect.poll(alive).toBe(0);
  });

  // Between the last event of a step and the next step there are a few turns in which the session is nobody's.
  it.each([...Array(12).keys()])("end when a run is left with its last epoch, %i turns later", async (turns) => {
    const { run, alive } = counted();
    await new Promise<void>((resolve) => {
      const subscription = run(xor({ epochs: 2 }), { threads: 2 }).subscribe(async (event) => {
        if (event.type !== "epoch" || event.epoch < 2) return;
        for (let i = 0; i < turns; i++) await undefined;
        subscription.unsubscribe();
        resolve();
      });
    });
    await expect.poll(alive).toBe(0);
  });

  it("end when the model does not fit the rows", async () => {
    const { run, alive } = counted();
    const wrong = xor({ loss: "sparseCategoricalCrossentropy" });
    await expect(run(wrong, { threads: 2 }).forEach(() => {})).rejects.toThrow("give the last layer 2 units");
    await expect.poll(alive).toBe(0);
  });
});
