// Whatever a user gets wrong ends in one line that says where and what, and in code 2; what the machine fails at, in code 1.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { png } from "../data/png.ts";
import { lanewise, type Setting } from "./commandLine.ts";

const cwd = mkdtempSync(join(tmpdir(), "lanewise-bad-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const names = "arrays, dense, flatten, idx, images, mnist, pipeline, reshape";
/** Writes a pipeline file whose object has these keys instead of the usual ones. */
function file(name: string, changes: Readonly<Record<string, string>>): string {
  const keys = {
    source: "arrays({ x: [[1, 0], [1, 1], [0, 1], [0, 0]], y: [1, 1, 1, 0] })",
    split: "{ test: 0.25 }",
    model: '[dense(2, { activation: "softmax" })]',
    train: '{ loss: "sparseCategoricalCrossentropy" }',
    ...changes,
  };
  const body = Object.entries(keys).map(([key, value]) => `  ${key}: ${value},\n`);
  return text(name, `import { ${names} } from "lanewise";\nexport default pipeline({\n${body.join("")}});\n`);
}

function text(name: string, content: string | Uint8Array): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

async function refused(args: readonly string[], setting: Omit<Setting, "cwd"> = {}): Promise<{ code: number | null; line: string }> {
  const { code, stderr, stdout } = await lanewise(args, { cwd, ...setting });
  const lines = stderr.trimEnd().split("\n");
  const line = lines.at(-1) as string;
  expect(line).toMatch(/^lanewise: /);
  expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  return { code, line: line.slice("lanewise: ".length) };
}

const idxFile = (dims: readonly number[], bytes: readonly number[]): Uint8Array => {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.set([0, 0, 8, dims.length]);
  dims.forEach((n, i) => {
    header.writeUInt32BE(n, 4 + 4 * i);
  });
  return new Uint8Array(Buffer.concat([header, Buffer.from(bytes)]));
};
const idxSource = 'idx({ images: "x.idx", labels: "y.idx" })';

describe("a pipeline that is wrong", () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ["an unknown key", { normalise: "[]" }, /^p\.ts: pipeline: unknown key "normalise"; did you mean "normalize"\?$/],
    [
      "a misspelt stage",
      { clean: '[{ kind: "dropDuplicate" }]' },
      /^p\.ts: clean\[0\]: unknown clean stage "dropDuplicate"; did you mean "dropDuplicates"\?$/,
    ],
    [
      "a misspelt setting",
      { train: '{ loss: "meanSquaredError", epoch: 3 }' },
      /^p\.ts: train: unknown setting "epoch"; did you mean "epochs"\?$/,
    ],
    ["a misspelt name", { model: '[dense(1, { activation: "rellu" })]' }, /^p\.ts: .*"rellu"; did you mean "relu"\?$/],
    [
      "layers that do not fit",
      { source: "arrays({ x: [[[1, 0]], [[0, 1]], [[1, 1]], [[0, 0]]], y: [0, 1, 1, 0] })" },
      /^model: the output must be \[\*, 2\] to match 2 classes, got \[\*, 1, 2\]; put flatten\(\) before/,
    ],
    [
      "a layer that does not take what comes",
      { model: "[dense(3), reshape([2, 2]), flatten(), dense(2)]" },
      /^model\[1\] reshape: .*\[\*, 3\]/,
    ],
    [
      "fewer outputs than classes",
      { source: "arrays({ x: [[1], [2], [3], [4]], y: [0, 1, 2, 1] })" },
      /^model: the output must be \[\*, 3\] to match 3 classes, got \[\*, 2\]; give the last layer 3 units$/,
    ],
    [
      "labels out of range",
      { source: 'arrays({ x: [[1], [2]], y: [0, 7], classes: ["no", "yes"] })' },
      /^y\[1\]: the label is 7, but there are 2 classes/,
    ],
    ["no rows", { source: "arrays({ x: [], y: [] })" }, /there are no rows/],
    [
      "NaN in the features",
      { source: "arrays({ x: [[1, 0], [1, NaN], [0, 1], [0, 0]], y: [1, 1, 1, 0] })" },
      /^column "x": 1 of 4 rows have missing values \(NaN\), the first is x\[1\] of row 1; add fillMissing/,
    ],
    ["a split without rows to train on", { split: "{ test: 4 }" }, /^split: no rows are left to train on: of 4, 4 for test/],
    [
      "a given test set that is not there",
      { split: '{ test: "given" }' },
      /^split\.test: asked for "given", but this source has no given test set/,
    ],
  ])("%s", async (_, changes, message) => {
    const { code, line } = await refused(["run", file("p.ts", changes), "--out", "never"]);
    expect(line).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("a file that is no pipeline", () => {
  it.each<[string, string, RegExp]>([
    ["throws", 'const a: number = 1;\nthrow new TypeError("out of\\nluck");\n', /^m\.ts: it threw TypeError in line 2: out of$/],
    [
      "has no default export",
      "export const net = 1;\n",
      /^m\.ts: there is no default export \(it exports net\); write "export default pipeline\({ … }\)"$/,
    ],
    ["exports something else", "export default [1];\n", /^m\.ts: pipeline: expected an object with source, model and train, got \[1\]$/],
    ["is not TypeScript", "export default {\n", /^m\.ts: syntax error/],
    ["imports what is not there", 'import "./gone.ts";\n', /^m\.ts: Cannot find module .*gone\.ts/],
    ["uses a name that is not exported", 'import { dens } from "lanewise";\n', /^m\.ts: syntax error.*dens/],
  ])("because it %s", async (_, content, message) => {
    const { code, line } = await refused(["run", text("m.ts", content)]);
    expect(line).toMatch(message);
    expect(code).toBe(2);
  });

  it("because it is not there, or a folder, or of another kind", async () => {
    mkdirSync(join(cwd, "folder"));
    expect(await refused(["run", "gone.ts"])).toEqual({ code: 2, line: "gone.ts: there is no such file or folder" });
    expect(await refused(["run", "folder"])).toEqual({ code: 2, line: "folder: it is a folder; expected the file of a pipeline" });
    expect((await refused(["run", text("a.txt", "")])).line).toContain("expected a TypeScript or JavaScript module");
  });

  it("shows where with --debug only", async () => {
    const { stderr } = await lanewise(["run", text("d.ts", 'throw new Error("no");\n'), "--debug"], { cwd });
    expect(stderr).toMatch(/^lanewise: d\.ts: it threw Error in line 1: no\n/);
    expect(stderr).toMatch(/^\s+at .*:\d+:\d+/m);
  });
});

describe("files that are damaged", () => {
  it.each<[string, Uint8Array, RegExp]>([
    ["an IDX file that ends early", idxFile([4, 2], [1, 2, 3]), /^x\.idx: the file ends after 15 bytes, 5 bytes too early/],
    ["bytes that are no IDX", Uint8Array.from([1, 2, 3, 4, 5]), /^x\.idx: not an IDX file/],
    [
      "a gzip that ends early",
      new Uint8Array(gzipSync(idxFile([4, 2], [1, 2, 3, 4, 5, 6, 7, 8])).subarray(0, 20)),
      /^x\.idx: the gzip data is corrupt/,
    ],
  ])("%s", async (_, bytes, message) => {
    text("x.idx", bytes);
    text("y.idx", idxFile([4], [0, 1, 1, 0]));
    const { code, line } = await refused(["run", file("i.ts", { source: idxSource }), "--out", "never"]);
    expect(line).toMatch(message);
    expect(code).toBe(2);
  });

  it("a picture that ends early", async () => {
    for (const name of ["a", "b"]) {
      mkdirSync(join(cwd, "pictures", name), { recursive: true });
      const whole = png({ width: 4, height: 4, colour: 0, depth: 8, lines: Array.from({ length: 4 }, () => [1, 2, 3, 4]) });
      text(`pictures/${name}/1.png`, name === "a" ? whole : whole.subarray(0, 50));
    }
    const { code, line } = await refused([
      "run",
      file("q.ts", { source: 'images("pictures")', model: "[flatten(), dense(2)]" }),
      "--out",
      "never",
    ]);
    expect([code, line]).toEqual([2, expect.stringMatching(/^pictures\/b\/1\.png: not a readable PNG: /)]);
  });

  it("a model that ends early, or a folder that is no run's", async () => {
    await lanewise(["run", file("ok.ts", {}), "--out", "ok"], { cwd });
    text("ok/model.safetensors", Uint8Array.from([200, 0, 0]));
    expect(await refused(["predict", "ok", "[1, 0]"])).toEqual({ code: 2, line: expect.stringMatching(/^ok\/model\.safetensors: /) });
    text("ok/pipeline.json", "{");
    expect(await refused(["predict", "ok", "[1, 0]"])).toEqual({ code: 2, line: expect.stringMatching(/^ok\/pipeline\.json: not JSON/) });
    expect((await refused(["predict", "gone", "[1, 0]"])).code).toBe(2);
    expect((await refused(["evaluate", "pictures"])).line).toBe("pictures: it holds no pipeline.json, so it is not the folder of a run");
  });
});

describe("input to predict", () => {
  it("of another shape, or none at all", async () => {
    await lanewise(["run", file("fine.ts", {}), "--out", "fine"], { cwd });
    expect((await refused(["predict", "fine", "[1, 0, 1]"])).line).toMatch(/^\[1, 0, 1\]: .*expected 2 values \[2\], got 3$/);
    expect((await refused(["predict", "fine", "[1, 0"])).line).toMatch(/^\[1, 0: not JSON/);
    expect((await refused(["predict", "fine", "gone.png"])).line).toMatch(/^gone\.png: there is no such file/);
    expect((await refused(["predict", "fine", text("t.png", "text")])).line).toMatch(/^t\.png: /);
    expect((await refused(["predict", "fine"])).line).toBe("predict: INPUT is missing; see lanewise predict --help");
  });
});

describe("what the machine fails at", () => {
  it("an output folder that cannot be made", async () => {
    text("blocker", "");
    const { code, line } = await refused(["run", file("o.ts", {}), "--out", "blocker/run"]);
    expect([code, line]).toEqual([
      1,
      "blocker/run: cannot write the run folder: a file stands where a folder is needed; choose another folder with --out",
    ]);
  });

  it("data that is nowhere, with no network", async () => {
    const offline = `data:text/javascript,globalThis.fetch = async () => { throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ENOTFOUND" }) }); };`;
    mkdirSync(join(cwd, "empty"));
    const setting = { node: ["--import", offline], env: { XDG_CACHE_HOME: join(cwd, "cache"), LANEWISE_DATA: join(cwd, "folder") } };
    const { code, line } = await refused(
      ["run", file("n.ts", { source: "mnist()", model: "[flatten(), dense(10)]" }), "--data", "empty", "--out", "never"],
      setting,
    );
    expect(code).toBe(1);
    for (const place of ["--data (empty)", "$LANEWISE_DATA (", "the cache (", "download failed", "is there a network?"])
      expect(line).toContain(place);
  });
});

describe("the command itself", () => {
  it.each([
    [["rum"], 'unknown command "rum"; did you mean "run"?; see lanewise --help'],
    [["run", "a.ts", "--epoch", "3"], /^run: unknown option "--epoch"; /],
    [["run", "a.ts", "--backend", "gpu"], '--backend: expected wasm or js, got "gpu"'],
    [["run", "a.ts", "--threads", "0"], '--threads: expected a number from 1 or auto, got "0"'],
    [["run"], "run: FILE is missing; see lanewise run --help"],
  ] as [string[], string | RegExp][])("%j", async (args, message) => {
    const { code, line } = await refused(args);
    expect(code).toBe(2);
    if (typeof message === "string") expect(line).toBe(message);
    else expect(line).toMatch(message);
  });
});

it("none of this leaves anything in the run folder but its pipeline", () => {
  const left = readdirSync(cwd).includes("never") ? readdirSync(join(cwd, "never")) : [];
  expect(left.filter((name) => name !== "pipeline.json")).toEqual([]);
});
