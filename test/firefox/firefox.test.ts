// The package as it ships, in Firefox: the weights after 200 steps are Node's to the bit, on any number of threads.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunOptions, run } from "../../src/node/index.ts";
import { digits, endless } from "../browser/programs.ts";
import { openSite, type Site } from "../browser/site.ts";
import { all, fileOf, ofType } from "../support/runs.ts";
import { type Firefox, openFirefox } from "./firefox.ts";

interface Outcome {
  readonly build: string;
  readonly threads: number;
  /** SHA-256. */
  readonly weights: string;
}

let site: Site;
let firefox: Firefox;

beforeAll(async () => {
  site = await openSite();
  firefox = await openFirefox(process.env.LANEWISE_FIREFOX as string);
  await firefox.visit(`${site.url}/pipelines/page.html`);
});
afterAll(async () => {
  await firefox?.close();
  site?.close();
});

async function inNode(options: RunOptions): Promise<Outcome> {
  const events = await all(run(digits, options));
  const weights = createHash("sha256").update(fileOf(events, "model.safetensors")).digest("hex");
  const { build, threads } = ofType(events, "model")[0] as { build: string; threads: number };
  return { build, threads, weights };
}

const inFirefox = (options: RunOptions): Promise<Outcome> =>
  firefox.evaluate(`import("lanewise").then(async ({ run }) => {
    const outcome = {};
    for await (const event of run(${JSON.stringify(digits)}, ${JSON.stringify(options)})) {
      if (event.type === "model") Object.assign(outcome, { build: event.build, threads: event.threads });
      if (event.type !== "artifact" || event.name !== "model.safetensors") continue;
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", event.content));
      outcome.weights = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    return outcome;
  })`);

it("has shared memory in a page that is isolated", async () => {
  expect(await firefox.evaluate("crossOriginIsolated")).toBe(true);
});

it.each([true, false])("ends in Node's bytes after 215 steps on 1, 2 and 3 threads (strict: %s)", async (strict) => {
  const node = await inNode({ strict });
  expect(node.build).toBe(strict ? "simd" : "relaxed");
  for (const threads of [1, 2, 3]) expect(await inFirefox({ strict, threads })).toEqual({ ...node, threads });
});

it("can be left while it trains on two threads, and has them again for the next run", async () => {
  const epochs = await firefox.evaluate(`import("lanewise").then(async ({ run }) => {
    const epochs = [];
    for (let i = 0; i < 3; i++) {
      for await (const event of run(${JSON.stringify(endless)}, { threads: 2 })) {
        if (event.type !== "epoch") continue;
        epochs.push(event.epoch);
        break;
      }
    }
    return epochs;
  })`);
  expect(epochs).toEqual([1, 1, 1]);
});

it("has none beside the page's own thread, and says why", async () => {
  const message = await firefox.evaluate(`import("lanewise").then(async ({ run }) => {
    try {
      for await (const _ of run(${JSON.stringify(digits)}, { threads: 2, worker: false }));
    } catch (error) {
      return error.message;
    }
  })`);
  expect(message).toMatch(/^threads: .*a page's own thread may not wait/);
});
