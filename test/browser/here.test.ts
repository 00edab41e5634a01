// A run on the calling thread.
import { run } from "lanewise/browser";
import { expect, inject, it, vi } from "vitest";
import { digits, endless, mistakes } from "./programs.ts";
import { filesOf, runAll, sha256 } from "./support.ts";

const node = inject("node");

it("computes the same without a Worker", async () => {
  const started = vi.spyOn(globalThis, "Worker");
  const files = filesOf(await runAll(digits, { worker: false, strict: true }));
  expect(await sha256(files["model.safetensors"])).toBe(node.weights.digits);
  expect(started).not.toHaveBeenCalled();
});

it("lets the page breathe, and stops when it is left", async () => {
  let beats = 0;
  const timer = setInterval(() => beats++, 1);
  let epochs = 0;
  await new Promise<void>((resolve) => {
    const subscription = run(endless, { worker: false }).subscribe((event) => {
      if (event.type === "epoch") epochs++;
      if (epochs < 20) return;
      subscription.unsubscribe();
      resolve();
    });
  });
  clearInterval(timer);
  expect(beats).toBeGreaterThan(2);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(epochs).toBe(20);
});

it("fails with the same errors", async () => {
  await expect(runAll(mistakes.key as typeof digits, { worker: false })).rejects.toMatchObject({
    code: "config",
    message: node.messages.key,
  });
});
