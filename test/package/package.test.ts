// What package.json promises, and what a user gets who installs the packed tarball into an empty project.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missingChromium } from "../support/chromium.ts";
import { shown } from "./pages.ts";

const root = resolve(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  version: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, unknown>;
  exports: Record<string, unknown>;
};

describe("package.json", () => {
  it("pins every dependency, and leaves rxjs to the user", () => {
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.keys(manifest.dependencies).sort()).toEqual(["@assemblyscript/loader", "fast-png", "jpeg-js"]);
    expect(manifest.peerDependencies).toEqual({ hyparquet: "^1.31.5", rxjs: "^7.8.0" });
    expect(manifest.peerDependenciesMeta).toEqual({ hyparquet: { optional: true } });
  });

  it("depends on nothing that is native or runs a script when it is installed", () => {
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, { dev?: boolean; hasInstallScript?: boolean; cpu?: string[] }>;
    };
    const runtime = Object.entries(lock.packages).filter(([path, entry]) => path !== "" && entry.dev !== true);
    expect(runtime.length).toBeGreaterThan(2);
    expect(runtime.filter(([, entry]) => entry.hasInstallScript === true || entry.cpu !== undefined).map(([path]) => path)).toEqual([]);
  });

  it("lists types first in every conditional export", () => {
    const check = (entry: unknown): void => {
      if (typeof entry !== "object" || entry === null) return;
      if ("types" in entry) expect(Object.keys(entry)[0]).toBe("types");
      else for (const nested of Object.values(entry)) check(nested);
    };
    expect(Object.keys(manifest.exports["."] as object)).toEqual(["node", "default"]);
    for (const entry of Object.values(manifest.exports)) check(entry);
  });
});

describe("sizes", () => {
  const gz = (path: string): number => gzipSync(readFileSync(join(root, path))).length;

  it.each(["simd", "relaxed"])("keeps the %s kernels under 60 kB, 25 kB gzipped", (build) => {
    expect(statSync(join(root, `build/${build}.wasm`)).size).toBeLessThanOrEqual(60_000);
    expect(gz(`build/${build}.wasm`)).toBeLessThanOrEqual(25_000);
  });

  it("keeps the browser's worker, which is the whole engine but for its kernels, under 125 kB gzipped", () => {
    expect(gz("dist/browser/worker.js")).toBeLessThanOrEqual(125_000);
  });

  it("keeps what a page loads at first, bundled, under 95 kB gzipped", async () => {
    const bundle = await rolldown({
      input: join(root, "dist/browser/index.js"),
      platform: "browser",
      external: ["fast-png", "jpeg-js"],
      resolve: { conditionNames: ["es2015", "import", "default"] },
    });
    const chunks = (await bundle.generate({ minify: true })).output.filter((file) => file.type === "chunk");
    const first = new Set(["index.js"]);
    for (const name of first) for (const other of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) first.add(other);
    const sizes = chunks.filter(({ fileName }) => first.has(fileName)).map(({ code }) => gzipSync(code).length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(95_000);
    await bundle.close();
  });
});

describe("cold start", () => {
  it("has few files between import and the first training step", () => {
    const read = (file: string): string => readFileSync(join(root, "dist/node", file), "utf8");
    const files = readdirSync(join(root, "dist/node"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
    expect(files.length).toBeLessThan(20);
    // All of rxjs is two hundred files.
    for (const file of files) expect(read(file), file).not.toMatch(/from "rxjs"/);
    const child = execFileSync(process.execPath, [join(root, "bench/firstStep.ts")], { encoding: "utf8" });
    const parts = JSON.parse(child) as Record<string, number>;
    expect(Object.keys(parts)).toEqual(["whole", "import", "build", "step"]);
    for (const ms of Object.values(parts)) expect(ms).toBeGreaterThan(0);
  });
});

interface Used {
  readonly weights: Readonly<Record<string, string>>;
}

describe("the packed tarball", () => {
  const folder = mkdtempSync(join(tmpdir(), "lanewise-package-"));
  const project = (...args: string[]): string =>
    execFileSync(args[0] as string, args.slice(1), { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(() => {
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: root, stdio: "pipe" });
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) as string;
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
    writeFileSync(
      join(folder, "xor.ts"),
      `import { arrays, dense, pipeline, sgd } from "lanewise";
const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
const y = [0, 1, 1, 0];
export default pipeline({
  source: arrays({ x, y, test: { x, y } }),
  model: [dense(8, { activation: "tanh" }), dense(1, { activation: "sigmoid" })],
  train: { optimizer: sgd({ learningRate: 1 }), loss: "binaryCrossentropy", epochs: 400, batchSize: 4 },
  evaluate: ["accuracy"],
  seed: 1,
});
`,
    );
    writeFileSync(
      join(folder, "digits.js"),
      `import { adam, dense, dropout, flatten, minMax, noise, pipeline, rotate, strokes } from "lanewise";
export default pipeline({
  source: strokes({ rows: 1280, test: 64 }),
  normalize: [minMax()],
  augment: [rotate({ degrees: 10 }), noise({ deviation: 0.05 })],
  model: [flatten(), dense(64, { activation: "gelu" }), dropout(0.2), dense(10, { activation: "softmax" })],
  train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 5 },
});
`,
    );
    writeFileSync(
      join(folder, "page.js"),
      `import { run } from "lanewise";
import digits from "./digits.js";
const weights = {};
for (const threads of crossOriginIsolated ? [1, 2] : [1]) {
  for await (const event of run(digits, { strict: true, threads })) {
    if (event.type !== "artifact" || event.name !== "model.safetensors") continue;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", event.content));
    weights[threads] = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}
document.body.textContent = JSON.stringify({ isolated: crossOriginIsolated, weights });
`,
    );
    writeFileSync(
      join(folder, "use.ts"),
      `import { createHash } from "node:crypto";
import { lastValueFrom, Observable } from "rxjs";
import { loadModel, run } from "lanewise";
import digits from "./digits.js";
import xor from "./xor.ts";
const done = await lastValueFrom(run(xor, { out: "run" }));
const model = await loadModel("run");
const [first] = await model.predict([[0, 1]]);

const weights: Record<string, string> = {};
for (const strict of [false, true]) {
  for (const options of [{ threads: 1 }, { threads: 2 }, { wide: true }]) {
    for await (const event of run(digits, { strict, ...options })) {
      if (event.type === "artifact" && event.name === "model.safetensors") weights[[strict ? "strict" : "fast", ...Object.entries(options).flat()].join(" ")] = createHash("sha256").update(event.content!).digest("hex");
    }
  }
}
console.log(JSON.stringify({ observable: run(xor) instanceof Observable, type: done.type, test: done.type === "done" ? done.test : {}, first, weights }));
`,
    );
    project("npm", "install", "--no-audit", "--no-fund", `./${tarball}`, `rxjs@${manifest.devDependencies.rxjs}`);
  });

  it("holds what runs, and nothing that only we need", () => {
    const files = readdirSync(join(folder, "node_modules/lanewise"));
    expect(files.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "dist", "package.json", "pipelines"]);
  });

  const use = (node: string): Used => JSON.parse(project(node, "use.ts").trim().split("\n").at(-1) as string) as Used;
  let here: Used | undefined;

  it("trains, stores, loads and predicts in this Node, on one thread, on two and with wide vectors alike", () => {
    here = use(process.execPath);
    expect(here).toMatchObject({ observable: true, type: "done", test: { accuracy: 1 }, first: { class: "1" } });
    for (const build of ["fast", "strict"]) {
      const alone = here.weights[`${build} threads 1`];
      expect(alone).toMatch(/^[0-9a-f]{64}$/);
      for (const other of ["threads 2", "wide true"]) expect(here.weights[`${build} ${other}`], other).toBe(alone);
    }
  });

  it("opens the studio, which trains in Node, and ends when it is told to", async () => {
    const child = spawn(process.execPath, [join(folder, "node_modules/lanewise/dist/node/cli/main.js"), "studio", "xor.ts"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((end) => child.once("close", end));
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const url = /http:\S+/.exec(line.toString())?.[0] as string;
    const { origin } = new URL(url);
    const cookie = /^[^;]+/.exec((await fetch(url, { redirect: "manual" })).headers.get("set-cookie") ?? "")?.[0] as string;
    const headers = { cookie, origin };
    const ask = async (path: string, init: RequestInit = {}): Promise<string> => (await fetch(origin + path, { headers, ...init })).text();
    const page = await ask("/");
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] as string;
    expect((await ask(script)).length).toBeGreaterThan(10_000);
    expect(JSON.parse(await ask("/api/pipelines"))).toMatchObject([{ name: "xor" }, { name: "strokes" }]);
    const order = JSON.stringify({ file: "xor.ts", changes: {}, options: { threads: 1 } });
    const { run } = JSON.parse(await ask("/api/live", { method: "POST", body: order })) as { run: string };
    expect(await ask(`/api/live/${run}/events`)).toMatch(/"type":"done".*\n.*"status":"done"/);
    expect(await ask(`/api/runs/${run}/files/report.html`)).toContain("Report of a run");
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  describe.skipIf(missingChromium !== undefined)(`in a page${missingChromium === undefined ? "" : ` (${missingChromium})`}`, () => {
    const html = (head: string, script: string): string =>
      `<!doctype html><html><head><meta charset="utf-8" />${head}</head><body><script type="module" src="${script}"></script></body></html>`;

    const expectNodesBytes = async (root: string, path: string): Promise<void> => {
      const weights = here?.weights["strict threads 1"];
      expect(await shown(root, path, false)).toEqual({ isolated: false, weights: { 1: weights } });
      expect(await shown(root, path, true)).toEqual({ isolated: true, weights: { 1: weights, 2: weights } });
    };

    it("ends in Node's bytes without a bundler, with threads and without", async () => {
      const map = JSON.stringify({ imports: { lanewise: "./node_modules/lanewise/dist/page/lanewise.js" } });
      writeFileSync(join(folder, "plain.html"), html(`<script type="importmap">${map}</script>`, "./page.js"));
      await expectNodesBytes(folder, "plain.html");
    });

    it("ends in Node's bytes where Vite has built it", async () => {
      writeFileSync(join(folder, "index.html"), html("", "/page.js"));
      const warnings: string[] = [];
      await build({
        root: folder,
        configFile: false,
        logLevel: "silent",
        build: { rollupOptions: { onwarn: ({ message }) => void warnings.push(message) } },
      });
      expect(warnings).toEqual([]);
      await expectNodesBytes(join(folder, "dist"), "index.html");
    });
  });

  it("offers its command", () => {
    const output = project(process.execPath, "node_modules/lanewise/dist/node/cli/main.js", "run", "xor.ts", "--json", "--out", "cli");
    expect(JSON.parse(output.trim().split("\n").at(-1) as string)).toMatchObject({ test: { accuracy: 1 } });
  });

  it("runs a pipeline that lies where the package is not installed", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "lanewise-elsewhere-"));
    try {
      cpSync(join(folder, "xor.ts"), join(elsewhere, "xor.ts"));
      const file = join(elsewhere, "xor.ts");
      const output = project(process.execPath, "node_modules/lanewise/dist/node/cli/main.js", "run", file, "--json", "--out", "elsewhere");
      expect(JSON.parse(output.trim().split("\n").at(-1) as string)).toMatchObject({ test: { accuracy: 1 } });
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it("says what to install for Parquet, which it reads by way of another package", () => {
    cpSync(join(root, "test/data/parquet/types.parquet"), join(folder, "types.parquet"));
    writeFileSync(
      join(folder, "parquet.ts"),
      readFileSync(join(folder, "xor.ts"), "utf8")
        .replace("arrays,", "parquet,")
        .replace(/source: .*/, 'source: parquet("types.parquet"),'),
    );
    const command = join(folder, "node_modules/lanewise/dist/node/cli/main.js");
    expect(() => project(process.execPath, command, "run", "parquet.ts")).toThrow(
      "types.parquet: reading Parquet takes a package that is not installed; npm install hyparquet",
    );
  });

  it("shows its version and its help without a project", () => {
    const command = join(folder, "node_modules/lanewise/dist/node/cli/main.js");
    expect(project(command, "--version").trim()).toBe(manifest.version);
    expect(project(command, "--help")).toContain("lanewise COMMAND");
  });

  it.each(["22", "24"])("works in Node %s, and ends in the same bytes after 200 steps", (version) => {
    project("npm", "install", "--no-audit", "--no-fund", "--no-save", "--prefix", `node-${version}`, `node@${version}`);
    expect(use(join(folder, `node-${version}`, "node_modules/node/bin/node"))).toEqual(here);
  });
});
