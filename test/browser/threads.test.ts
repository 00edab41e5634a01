// Threads of a run in a page, which must be cross-origin isolated: workers of the run's own Worker.
import { run } from "lanewise/browser";
import { afterEach, expect, inject, it } from "vitest";
import { pageThreads } from "../../src/browser/threadsOfPage.ts";
import { digits, endless } from "./programs.ts";
import { expectNoWorker, filesOf, runAll, sha256, workers } from "./support.ts";

const node = inject("node");

// A thread that were left asleep would take two seconds to end, and one that the browser mislaid would never.
afterEach(() => expectNoWorker(1500));

it("computes the same bits on two", async () => {
  expect(crossOriginIsolated).toBe(true);
  const events = await runAll(digits, { threads: 2, strict: true });
  expect(events.find((event) => event.type === "model")).toMatchObject({ threads: 2 });
  expect(await sha256(filesOf(events)["model.safetensors"])).toBe(node.weights.digits);
});

it("ends them all when the run is left", async () => {
  const during: number[] = [];
  for await (const event of run(endless, { threads: 2 })) {
    if (event.type !== "epoch") continue;
    during.push(await workers());
    break;
  }
  expect(during).toEqual([2]);
});

it("ends them when a kernel traps on either, with one error", async () => {
  const worker = new Worker(new URL("./traps.ts", import.meta.url), { type: "module" });
  const threads = pageThreads();
  const messages = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.type === "thread" ? threads.start(data) : resolve(data));
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.terminate();
  expect(messages).toEqual(
    [1, 2].map((thread) => expect.stringContaining(`wasm: a kernel broke off on thread ${thread} of 2: memory access out of bounds; `)),
  );
});

it("has none beside the page's own thread, and says why", async () => {
  await expect(runAll(digits, { threads: 2, worker: false })).rejects.toMatchObject({
    code: "environment",
    message: expect.stringMatching(/^threads: .*a page's own thread may not wait/),
  });
  const events = await runAll(digits, { threads: "auto", worker: false });
  expect(events.find((event) => event.type === "model")).toMatchObject({ threads: 1 });
});
