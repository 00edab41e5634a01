// Imports go one way. A folder may import what stands in its row, itself, and nothing else; some words belong to one folder each.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const base = ["errors", "check", "math", "random", "base64"];

const mayImport: Readonly<Record<string, readonly string[]>> = {
  "assembly/lanes": [],
  "assembly/kernels": ["assembly/lanes"],
  "assembly/generated": ["assembly/kernels"],
  assembly: ["assembly/lanes", "assembly/kernels", "assembly/generated"],
  "src/errors": [],
  "src/math": [],
  "src/base64": [],
  "src/check": ["src/errors"],
  "src/random": ["src/math"],
  "src/wasm": ["src/errors"],
  "src/js": ["src/wasm", "src/math", "src/random"],
  "src/graph": ["src/errors", "src/wasm"],
  "src/nn": [...base.map((b) => `src/${b}`), "src/graph", "src/wasm"],
  "src/data": base.map((b) => `src/${b}`),
  "src/stages": [...base.map((b) => `src/${b}`), "src/data", "src/graph"],
  "src/profile": [...base.map((b) => `src/${b}`), "src/data", "src/stages"],
  "src/pipeline": [...base.map((b) => `src/${b}`), "src/wasm", "src/js", "src/graph", "src/nn", "src/data", "src/stages"],
  "src/report": ["src/base64", "src/pipeline"],
  "src/index": [...base.map((b) => `src/${b}`), "src/wasm", "src/nn", "src/data", "src/stages", "src/pipeline"],
  "src/records": ["src/errors", "src/base64", "src/nn", "src/pipeline"],
  "src/node": [
    "src/errors",
    "src/base64",
    "src/records",
    "src/check",
    "src/index",
    "src/pipeline",
    "src/report",
    "src/profile",
    "src/stages",
    "src/data",
    "src/nn",
    "src/wasm",
    "src/js",
    "src/graph",
    "src/random",
  ],
  "src/browser": ["src/errors", "src/index", "src/pipeline", "src/report", "src/data", "src/js", "src/wasm"],
  "src/studio": [
    ...base.map((b) => `src/${b}`),
    "src/index",
    "src/browser",
    "src/report",
    "src/records",
    "src/pipeline",
    "src/data",
    "src/stages",
    "src/nn",
    "src/wasm",
  ],
};

/** Packages that a folder may import. */
const packages: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  "src/wasm": ["@assemblyscript/loader"],
  "src/data": ["fast-png", "jpeg-js"],
  "src/pipeline": ["rxjs"],
  "src/node": [/^node:/, "hyparquet"],
  "src/studio": [/^preact(\/hooks)?$/, /\.css$/],
};

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" && folder.startsWith("src") ? [] : files(path);
    return /\.tsx?$/.test(path) && !path.endsWith(".d.ts") ? [path] : [];
  });
}

/** `src/nn/layers/dense.ts` belongs to src/nn, `src/check.ts` to src/check. */
function unitOf(path: string): string {
  const parts = path.replace(/\.tsx?$/, "").split("/");
  return parts[0] === "assembly" && parts.length === 2 ? "assembly" : parts.slice(0, 2).join("/");
}

const imports = (source: string): string[] =>
  [
    ...source.matchAll(
      /^\s*(?:import|export)\b[^;'"]*?from\s+["']([^"']+)["']|^\s*import\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm,
    ),
  ].map((m) => (m[1] ?? m[2] ?? m[3]) as string);

const sources = [...files("assembly"), ...files("src")].map((path) => ({
  path,
  unit: unitOf(path),
  source: readFileSync(join(root, path), "utf8"),
}));

describe("the tree is the architecture", () => {
  it("finds the sources", () => {
    expect(sources.length).toBeGreaterThan(100);
  });

  it("knows every folder", () => {
    expect([...new Set(sources.map((s) => s.unit))].filter((unit) => !(unit in mayImport))).toEqual([]);
  });

  it("has imports that go one way", () => {
    const wrong: string[] = [];
    for (const { path, unit, source } of sources) {
      for (const name of imports(source)) {
        if (name.startsWith(".")) {
          const target = unitOf(relative(root, resolve(root, dirname(path), name)));
          if (target !== unit && !(mayImport[unit] ?? []).includes(target)) wrong.push(`${path} imports ${name} (${target})`);
        } else if (!(packages[unit] ?? []).some((p) => (typeof p === "string" ? p === name : p.test(name)))) {
          wrong.push(`${path} imports the package ${name}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ["WebAssembly", "src/wasm", /\bWebAssembly\./],
    ["rxjs", "src/pipeline", /from "rxjs"/],
    ["node:", "src/node", /from "node:/],
    ["window, document or navigator", "src/browser and src/studio", /\b(window|document|navigator)\./],
  ])("says %s in %s only", (_, folders, pattern) => {
    const elsewhere = sources.filter(
      (s) => !folders.split(" and ").includes(s.unit) && s.unit.startsWith("src/") && pattern.test(withoutComments(s.source)),
    );
    expect(elsewhere.map((s) => s.path)).toEqual([]);
  });

  it("draws reports from what the pipeline says, in types, and from nothing that it does", () => {
    const drawing = sources.filter(({ unit }) => unit === "src/report");
    expect(drawing.length).toBeGreaterThan(5);
    for (const { path, source } of drawing)
      expect(
        imports(withoutTypes(source)).filter((name) => !name.startsWith("./") && !name.endsWith("/base64.ts")),
        path,
      ).toEqual([]);
  });

  it("has no import cycles, types aside", () => {
    const graph = new Map(
      sources.map(({ path, source }) => [
        path,
        imports(withoutTypes(source))
          .filter((name) => name.startsWith("."))
          .map((name) => relative(root, resolve(root, dirname(path), name))),
      ]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
      else if (!done.has(path)) for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it("lets pipelines import the package and nothing else", () => {
    const pipelines = files("pipelines");
    expect(pipelines.length).toBeGreaterThan(0);
    for (const path of pipelines) expect(imports(readFileSync(join(root, path), "utf8")), path).toEqual(["lanewise"]);
  });

  it("keeps files small", () => {
    const limits: [RegExp, number][] = [
      [/^assembly\/kernels\/gemm/, 250],
      [/^assembly\/kernels/, 200],
      [/^src/, 250],
    ];
    const long = sources.filter(({ path, source }) => {
      const limit = limits.find(([pattern]) => pattern.test(path))?.[1] ?? Number.POSITIVE_INFINITY;
      return !path.includes("/generated/") && source.split("\n").length > limit;
    });
    expect(long.map(({ path, source }) => `${path}: ${source.split("\n").length} lines`)).toEqual([]);
  });
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}

/** Without `import type …` and imports of nothing but types. */
function withoutTypes(source: string): string {
  return source.replace(/^(import|export) type [\s\S]*?;$/gm, "").replace(/^import \{(\s*type [^,}]*,?)+\s*\} from .*$/gm, "");
}

describe("imports()", () => {
  it("reads every form", () => {
    expect(
      imports('import a from "a";\nimport {\n  b,\n} from "./b.ts";\nexport * from "c";\nimport "d";\nconst e = await import("e");'),
    ).toEqual(["a", "./b.ts", "c", "d", "e"]);
    expect(statSync(join(root, "package.json")).isFile()).toBe(true);
  });
});
