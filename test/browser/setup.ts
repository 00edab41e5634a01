// Runs once, in Node, before the tests: opens the site, and does the same work for comparison.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { loadModel, type Pipeline, run } from "../../src/node/index.ts";
import { digits, mistakes, points, somePoints } from "./programs.ts";
import { openSite, type Site } from "./site.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly site: string;
    readonly node: {
      /** SHA-256 of the weights, where every operation is IEEE-exact. */
      readonly weights: Readonly<Record<"digits" | "points", string>>;
      /** What the model of `points` says of `somePoints`. */
      readonly outputs: readonly (readonly number[])[];
      readonly messages: Readonly<Record<string, string>>;
    };
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const site = await openSite();
  const messages: Record<string, string> = {};
  for (const [name, pipeline] of Object.entries(mistakes)) messages[name] = await messageOf(pipeline);
  const { weights: ofDigits } = await train(digits, site, "digits");
  const { weights: ofPoints, outputs } = await train(points, site, "points", somePoints);
  project.provide("site", site.url);
  project.provide("node", { weights: { digits: ofDigits, points: ofPoints }, outputs, messages });
  return () => site.close();
}

/** Trains in Node and serves the run folder at `/runs/<name>/`. */
async function train(
  pipeline: Pipeline,
  site: Site,
  name: string,
  rows?: readonly unknown[],
): Promise<{ weights: string; outputs: readonly (readonly number[])[] }> {
  const out = await mkdtemp(join(tmpdir(), "lanewise-"));
  try {
    for await (const event of run(pipeline, { out, strict: true })) {
      if (event.type === "artifact") site.files.set(`/runs/${name}/${event.name}`, await readFile(join(out, event.name)));
    }
    const weights = createHash("sha256")
      .update(site.files.get(`/runs/${name}/model.safetensors`) as Uint8Array)
      .digest("hex");
    const predictions = rows && (await (await loadModel(out, { strict: true })).predict(rows));
    return { weights, outputs: predictions?.map(({ output }) => output) ?? [] };
  } finally {
    await rm(out, { recursive: true });
  }
}

async function messageOf(pipeline: Pipeline): Promise<string> {
  try {
    for await (const _ of run(pipeline));
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("this pipeline was expected to fail");
}
