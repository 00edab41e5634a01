// A run that is paused waits with all that it has, and goes on as if nothing had been.
import { afterEach, describe, expect, it, vi } from "vitest";
import { PauseController, type RunEvent, run } from "../../src/node/index.ts";
import { breathe } from "../../src/pipeline/context.ts";
import { runningTime } from "../../src/pipeline/pause.ts";
import { all, fileOf, ofType } from "../support/runs.ts";
import { xor } from "../support/xor.ts";

/** Far more turns of the event loop than a run of xor takes. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await breathe();
}

const atEpoch = (event: RunEvent, epoch: number): boolean => event.type === "epoch" && event.epoch === epoch;

describe("pausing", () => {
  it("holds a run, which then ends in the bytes of one that never waited", async () => {
    const pipeline = xor({ epochs: 6 });
    const controller = new PauseController();
    const events: RunEvent[] = [];
    let ended = false;
    const whole = new Promise<void>((resolve, reject) => {
      run(pipeline, { pause: controller.signal }).subscribe({
        next(event) {
          events.push(event);
          if (atEpoch(event, 3)) controller.pause();
        },
        error: reject,
        complete: () => {
          ended = true;
          resolve();
        },
      });
    });
    await expect.poll(() => controller.signal.paused).toBe(true);
    await turns();
    expect(ofType(events, "epoch").map((event) => event.epoch)).toEqual([1, 2, 3]);
    expect(ended).toBe(false);
    controller.resume();
    await whole;
    expect(ofType(events, "epoch")).toHaveLength(6);
    const alone = await all(run(pipeline));
    expect(fileOf(events, "model.safetensors").equals(fileOf(alone, "model.safetensors"))).toBe(true);
  });

  it("holds a run from the start, before its first batch", async () => {
    const controller = new PauseController();
    controller.pause();
    const events: RunEvent[] = [];
    const subscription = run(xor(), { pause: controller.signal }).subscribe((event) => events.push(event));
    await turns();
    expect(ofType(events, "epoch")).toEqual([]);
    expect(ofType(events, "done")).toEqual([]);
    subscription.unsubscribe();
  });

  it("lets a run that waits be cancelled", async () => {
    const pause = new PauseController();
    const cancel = new AbortController();
    pause.pause();
    const left = all(run(xor(), { pause: pause.signal, signal: cancel.signal }));
    await turns();
    cancel.abort(new Error("enough"));
    await expect(left).rejects.toThrow("enough");
    pause.resume();
  });
});

describe("the clock of a run", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("stands still while the run is paused", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const controller = new PauseController();
    const { signal } = controller;
    const start = runningTime(signal);
    const at = (): number => runningTime(signal) - start;
    vi.advanceTimersByTime(100);
    controller.pause();
    controller.pause();
    vi.advanceTimersByTime(5000);
    expect(at()).toBe(100);
    controller.resume();
    vi.advanceTimersByTime(20);
    expect(at()).toBe(120);
    expect(signal.held).toBe(5000);
  });
});
