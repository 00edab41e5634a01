// Which way a program goes, by a clock that the test winds.
import { describe, expect, it } from "vitest";
import { runner } from "../../src/graph/runner.ts";

/** Runs `count` times; how often together, and the time of all. `cost(shared, run)` is what a run takes. */
function play(count: number, cost: (shared: boolean, run: number) => number): { together: number; time: number; last: boolean } {
  let [time, together, run, last] = [0, 0, 0, false];
  const pay = (shared: boolean): void => {
    time += cost(shared, run++);
    together += shared ? 1 : 0;
    last = shared;
  };
  const go = runner({ run: () => pay(false), runTogether: () => pay(true) }, 0, [0, 0], () => time);
  for (let i = 0; i < count; i++) go();
  return { together, time, last };
}

describe("one thread or all", () => {
  it("keeps the faster way", () => {
    expect(play(1000, (shared) => (shared ? 1 : 2)).together).toBeGreaterThan(980);
    expect(play(1000, (shared) => (shared ? 2 : 1)).together).toBeLessThan(20);
  });

  it("changes its mind when cores become free or busy", () => {
    expect(play(3000, (shared, run) => (shared ? (run < 1200 ? 3 : 1) : 2)).last).toBe(true);
    expect(play(3000, (shared, run) => (shared ? (run < 1200 ? 1 : 3) : 2)).last).toBe(false);
  });

  it("spends no more than a few hundredths on trials, however dear they are", () => {
    for (const dear of [0.15, 1, 5])
      expect(play(20_000, (shared) => (shared ? dear : 0.01)).time / (20_000 * 0.01)).toBeLessThan(1.02 + (4 * dear) / 200);
    expect(play(20_000, (shared) => (shared ? 0.3 : 0.01)).together).toBeLessThan(16);
  });
});
