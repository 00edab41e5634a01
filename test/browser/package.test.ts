// What a page loads: only what a browser has, little of it at first, and a Worker that no bundler can lose.
import { describe, expect, inject, it } from "vitest";

const site = inject("site");

interface Modules {
  /** Paths under dist/ that are loaded with the entry, and those that may be loaded later. */
  readonly first: ReadonlySet<string>;
  readonly later: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

const text = async (url: string): Promise<string> => (await fetch(url)).text();

async function graph(entry: string): Promise<Modules> {
  const first = new Set<string>();
  const later = new Set<string>();
  const packages = new Set<string>();
  const visit = async (url: string, into: Set<string>): Promise<void> => {
    const path = new URL(url).pathname;
    if (first.has(path) || into.has(path)) return;
    into.add(path);
    const source = await text(url);
    for (const [, fixed, dynamic] of source.matchAll(
      /^(?:(?:import|export)\b[^;'"]*?\bfrom |import )["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm,
    )) {
      const name = (fixed ?? dynamic) as string;
      if (!name.startsWith(".")) packages.add(name);
      else await visit(new URL(name, url).href, fixed === undefined ? later : into);
    }
  };
  await visit(`${site}${entry}`, first);
  return { first, later, packages };
}

async function gzipped(source: string): Promise<number> {
  const stream = new Blob([source]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

describe("the package in a page", async () => {
  const { first, later, packages } = await graph("/dist/browser/index.js");

  it("imports nothing that a browser lacks", () => {
    expect([...packages].sort()).toEqual(["@assemblyscript/loader", "fast-png", "jpeg-js", "rxjs"]);
  });

  it("leaves the engine and the Worker's program for when they are needed", () => {
    for (const engine of [
      "/dist/browser/generated/twinsSource.js",
      "/dist/wasm/generated/simd.js",
      "/dist/wasm/generated/relaxed.js",
      "/dist/pipeline/run.js",
      "/dist/js/index.js",
      "/dist/browser/generated/workerSource.js",
    ]) {
      expect(first, engine).not.toContain(engine);
      expect(later, engine).toContain(engine);
    }
  });
});

describe("worker.js", () => {
  it("is one file, of 125 kB at most when it is compressed", async () => {
    const worker = await text(`${site}/dist/browser/worker.js`);
    expect(worker).not.toMatch(/^(?:import|export)\b/m);
    expect(await gzipped(worker)).toBeLessThan(125_000);
  });

  it("is the program that the package carries with it", async () => {
    const { workerSource } = (await import(/* @vite-ignore */ `${site}/dist/browser/generated/workerSource.js`)) as {
      workerSource: string;
    };
    expect(workerSource).toBe(await text(`${site}/dist/browser/worker.js`));
  });
});
