// Threads of a run in a page, which must be cross-origin isolated: workers of the run's own Worker.
import { run } from "lanewise/browser";
import { afterEach, expect, inject, it } from "vitest";
import { digits, endless } from "./programs.ts";
import { expectNoWorker, filesOf, runAll, sha256, workers } from "./support.ts";

const node = inject("node");

// The browser gives a thread that sleeps in WebAssembly two seconds to wake up before it ends it.
afterEach(() => expectNoWorker(10_000));

it("computes the same bits on two", async () => {
  expect(crossOriginIsolated).toBe(true);
  const events = await runAll(digits, { threads: 2, strict: true });
  expect(events.find((event) => event.type === "model")).toMatchObject({ threads: 2 });
  expect(await sha256(filesOf(events)["model.safetensors"])).toBe(node.weights.digits);
});

it("ends them all when the run is left", async () => {
  for await (const event of run(endless, { threads: 2 })) if (event.type === "epoch") break;
  expect(await workers()).toBeGreaterThan(0);
});

it("has none beside the page's own thread, and says why", async () => {
  await expect(runAll(digits, { threads: 2, worker: false })).rejects.toMatchObject({
    code: "environment",
    message: expect.stringMatching(/^threads: .*a page's own thread may not wait/),
  });
  const events = await runAll(digits, { threads: "auto", worker: false });
  expect(events.find((event) => event.type === "model")).toMatchObject({ threads: 1 });
});
