// A run in its dedicated Worker, seen from the page.
import type { RunEvent } from "lanewise";
import { PauseController, PipelineError, run } from "lanewise/browser";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { digits, endless, mistakes, points } from "./programs.ts";
import { expectNoWorker, filesOf, runAll, sha256, toArray, workers } from "./support.ts";

const node = inject("node");

afterEach(async () => {
  vi.restoreAllMocks();
  await expectNoWorker();
});

/** Resolves when `endless` is training. */
const training = (event: RunEvent): boolean => event.type === "epoch" && event.epoch === 3;

describe("a run in a page", () => {
  it("tells of every stage in order, and learns", async () => {
    const events = await runAll(digits);
    const stages = events.filter((event) => event.type === "stage").map((event) => event.stage);
    expect(stages).toEqual(["source", "clean", "split", "normalize"]);
    const order = events.map((event) => event.type).filter((type) => !["progress", "batch", "stage"].includes(type));
    const epochs = Array<string>(5).fill("epoch");
    const files = Array<string>(4).fill("artifact");
    expect(order).toEqual(["model", "artifact", ...epochs, "metrics", "metrics", ...files, "done"]);
    const losses = events.flatMap((event) => (event.type === "epoch" ? [event.train.loss as number] : []));
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
    const done = events.at(-1);
    expect(done?.type === "done" && done.test?.accuracy).toBeGreaterThan(0.6);
  });

  it("has a Worker of its own for as long as it runs", async () => {
    const made = vi.spyOn(URL, "createObjectURL");
    const revoked = vi.spyOn(URL, "revokeObjectURL");
    const counts: number[] = [];
    for await (const event of run(digits)) if (event.type === "model") counts.push(await workers());
    expect(counts).toEqual([1]);
    await expectNoWorker();
    expect(revoked.mock.calls.flat()).toEqual(made.mock.results.map((result) => result.value));
  });

  it("computes what Node computes, to the last bit, with strict", async () => {
    for (const [name, pipeline] of Object.entries({ digits, points })) {
      const files = filesOf(await runAll(pipeline, { strict: true }));
      expect(await sha256(files["model.safetensors"])).toBe(node.weights[name as keyof typeof node.weights]);
    }
  });

  it("runs in plain JavaScript", async () => {
    const events = await runAll(points, { backend: "js" });
    expect(events.find((event) => event.type === "model")).toMatchObject({ backend: "js", build: "js" });
    const done = events.at(-1);
    expect(done?.type === "done" && done.test?.accuracy).toBeGreaterThan(0.9);
  });

  it("starts nothing before it is subscribed to, and anew for every subscriber", async () => {
    const shared = run(points);
    expect(await workers()).toBe(0);
    const all = await Promise.all([1, 2, 3].map(() => toArray(shared)));
    const weights = await Promise.all(all.map((events) => sha256(filesOf(events)["model.safetensors"])));
    expect(new Set(weights).size).toBe(1);
  });

  it("leaves the page responsive", { retry: 2 }, async () => {
    const subscription = run(endless).subscribe();
    await expect.poll(workers).toBe(1);
    const gaps: number[] = [];
    let last = performance.now();
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        gaps.push(performance.now() - last);
        last = performance.now();
        if (gaps.length < 60) return;
        clearInterval(timer);
        resolve();
      }, 10);
    });
    subscription.unsubscribe();
    expect(Math.max(...gaps)).toBeLessThan(100);
  });
});

describe("pausing a run", () => {
  it("holds its Worker's training, and lets it go on", async () => {
    const controller = new PauseController();
    let epoch = 0;
    const subscription = run(endless, { pause: controller.signal }).subscribe((event) => {
      if (event.type !== "epoch") return;
      epoch = event.epoch;
      if (epoch === 3) controller.pause();
    });
    await expect.poll(() => controller.signal.paused).toBe(true);
    const rests = async (): Promise<boolean> => {
      const before = epoch;
      await new Promise((resolve) => setTimeout(resolve, 400));
      return epoch === before;
    };
    await expect.poll(rests).toBe(true);
    expect(await rests()).toBe(true);
    const held = epoch;
    controller.resume();
    await expect.poll(() => epoch).toBeGreaterThan(held);
    subscription.unsubscribe();
  });
});

describe("leaving a run", () => {
  it("ends its Worker when unsubscribing, and no event comes after", async () => {
    const terminate = vi.spyOn(Worker.prototype, "terminate");
    const events: RunEvent[] = [];
    const left = await new Promise<number>((resolve) => {
      const subscription = run(endless).subscribe((event) => {
        events.push(event);
        if (!training(event)) return;
        subscription.unsubscribe();
        resolve(events.length);
      });
    });
    expect(terminate).toHaveBeenCalledOnce();
    await expectNoWorker();
    expect(events.length).toBe(left);
  });

  it("starts no Worker when the subscriber left before it was loaded", async () => {
    const started = vi.spyOn(globalThis, "Worker");
    run(digits).subscribe().unsubscribe();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(started).not.toHaveBeenCalled();
  });

  it("ends its Worker when a loop is left", async () => {
    for await (const event of run(endless)) if (training(event)) break;
    await expectNoWorker();
  });

  it("fails with the signal's reason, and ends its Worker", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const run = async (): Promise<void> => {
      for await (const event of runWith(abort.signal)) if (training(event)) abort.abort(reason);
    };
    await expect(run()).rejects.toBe(reason);
    await expectNoWorker();
  });

  it("starts no Worker when the signal has fired already", async () => {
    const started = vi.spyOn(globalThis, "Worker");
    const reason = new Error("never");
    await expect(toArray(runWith(AbortSignal.abort(reason)))).rejects.toBe(reason);
    expect(started).not.toHaveBeenCalled();
  });
});

const runWith = (signal: AbortSignal) => run(endless, { signal });

describe("a run that fails", () => {
  it.each(Object.entries(mistakes))("says what Node says of wrong %s", async (name, pipeline) => {
    const error = await runAll(pipeline).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(PipelineError);
    const { message, at, code } = error as PipelineError;
    expect(message).toBe(node.messages[name]);
    expect(message.startsWith(`${at}: `)).toBe(true);
    expect(code).toBe({ key: "config", shapes: "shape", labels: "data" }[name]);
  });

  it("says so when the pipeline is more than data", async () => {
    const pipeline = { ...digits, name: () => "digits" } as unknown as typeof digits;
    await expect(runAll(pipeline)).rejects.toMatchObject({
      code: "config",
      at: "pipeline",
      message: expect.stringContaining("keep it plain data"),
    });
  });

  it("says so when the Worker breaks", async () => {
    const event = new ErrorEvent("error", { message: "Uncaught RangeError: out of memory", cancelable: true });
    vi.spyOn(Worker.prototype, "postMessage").mockImplementation(function (this: Worker) {
      this.dispatchEvent(event);
    });
    await expect(runAll(digits)).rejects.toMatchObject({
      code: "environment",
      message: "worker: it broke: Uncaught RangeError: out of memory",
    });
    expect(event.defaultPrevented).toBe(true); // the page's own error handlers do not hear of it a second time
  });
});
