// Builds everything that is not written by hand: the version as code, the dispatcher and the kernels' types from the AssemblyScript signatures, the
// two WebAssembly binaries (embedded as text), `dist/`, the browser's worker, what Node loads, in few files, and the studio's page.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { build as buildStudio } from "vite";
import { settingDocs } from "./settingDocs.ts";
import { studioConfig } from "./vite.studio.ts";

const root = import.meta.dirname;
const require = createRequire(import.meta.url);

type ArgumentType = "usize" | "i32" | "u32" | "f32";
interface Kernel {
  name: string;
  file: string;
  args: { name: string; type: ArgumentType }[];
}

function readKernels(): Kernel[] {
  const kernels: Kernel[] = [];
  const index = readFileSync(join(root, "assembly/index.ts"), "utf8");
  for (const line of index.matchAll(/export \{([^}]*)\} from "(\.\/kernels\/\w+)"/g)) {
    const file = line[2] as string;
    const source = readFileSync(join(root, "assembly", `${file}.ts`), "utf8");
    for (const name of (line[1] as string)
      .split(",")
      .map((s) => s.trim())
      .filter(Boolean)) {
      const signature = new RegExp(`export function ${name}\\(([^)]*)\\): void`).exec(source);
      if (!signature) throw new Error(`assembly/${file}.ts: no "export function ${name}(…): void"`);
      const args = (signature[1] as string)
        .split(",")
        .map((s) => s.trim())
        .filter(Boolean)
        .map((arg) => {
          const [argName, type] = arg.split(":").map((s) => s.trim()) as [string, ArgumentType];
          if (!["usize", "i32", "u32", "f32"].includes(type)) throw new Error(`${name}: argument ${arg} is not usize, i32, u32 or f32`);
          return { name: argName, type };
        });
      kernels.push({ name, file, args });
    }
  }
  return kernels;
}

function writeGenerated(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

/** One `case` per kernel: loads the arguments behind the opcode, calls, and returns the address of the next instruction. */
function dispatcher(kernels: Kernel[]): string {
  const imports = kernels.map((k) => `import { ${k.name} } from ".${k.file}";`).join("\n");
  const cases = kernels.map((k, i) => {
    const args = k.args.map((a, j) => `load<${a.type}>(p, ${4 * (j + 1)})`).join(", ");
    return `    case ${i + 1}:\n      ${k.name}(${args});\n      return p + ${4 * (k.args.length + 1)};`;
  });
  return `${imports}\n\nexport function dispatch(p: usize): usize {\n  switch (load<u32>(p)) {\n${cases.join("\n")}\n    default:\n      return 0;\n  }\n}\n`;
}

/** Names, opcodes and argument types for TypeScript: `P` is what stands for a pointer. */
function kernelTypes(kernels: Kernel[]): string {
  const letters = { usize: "p", i32: "i", u32: "i", f32: "f" } as const;
  const types = kernels.map((k) => `  ${k.name}: [${k.args.map((a) => `${a.name}: ${a.type === "usize" ? "P" : "number"}`).join(", ")}];`);
  const table = kernels.map((k, i) => `  ${k.name}: { opcode: ${i + 1}, args: "${k.args.map((a) => letters[a.type]).join("")}" },`);
  return `export interface KernelArgs<P> {\n${types.join("\n")}\n}\n\n/** Argument letters: p pointer, i integer, f float. */\nexport const kernelTable: Record<keyof KernelArgs<number>, { readonly opcode: number; readonly args: string }> = {\n${table.join("\n")}\n};\n`;
}

function runNode(script: string, args: string[]): void {
  const result = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/**
 * The browser's worker as one file. Without the kernels and their twins, of which its page sends what is needed, and without the decoders of
 * pictures: where a run is given some, `images` says what to do.
 */
const bundleWorker = (): Promise<string> =>
  bundleWhole("src/browser/worker.ts", [
    "src/data/readPictures.ts",
    "src/js/executor.ts",
    ...targets.map((target) => `src/wasm/generated/${target}.ts`),
  ]);

async function bundleWhole(input: string, without: readonly string[]): Promise<string> {
  const bundle = await rolldown({
    input: join(root, input),
    platform: "browser",
    external: without.map((path) => join(root, path)),
    resolve: { conditionNames: ["es2015", "import", "default"] },
  });
  const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: false });
  await bundle.close();
  return output[0].code;
}

/** For pages without a bundler: the package with all that it needs, in few files, of which a page loads first what it needs first. */
async function bundlePage(): Promise<void> {
  const bundle = await rolldown({
    input: { lanewise: join(root, "src/browser/index.ts") },
    platform: "browser",
    resolve: { conditionNames: ["es2015", "import", "default"] },
  });
  await bundle.write({ dir: join(root, "dist/page"), format: "esm", minify: true, chunkFileNames: "parts/[name].js" });
  await bundle.close();
}

/**
 * Node's entries, the package, its command and the studio's worker, with the parts that they share: a process that reads hundreds of small files spends
 * more time on that than on a training step.
 */
async function bundleNode(): Promise<void> {
  const bundle = await rolldown({
    input: {
      index: join(root, "src/node/index.ts"),
      "cli/main": join(root, "src/node/cli/main.ts"),
      "studio/worker": join(root, "src/node/studio/worker.ts"),
    },
    platform: "node",
    external: ["@assemblyscript/loader", "fast-png", "hyparquet", "jpeg-js"],
    plugins: [rxjsByParts()],
    treeshake: { moduleSideEffects: "no-external" },
  });
  await bundle.write({ dir: join(root, "dist/node"), format: "esm", chunkFileNames: "parts/[name].js" });
  await bundle.close();
}

/**
 * Imports of rxjs become imports of the files that it exports under `rxjs/internal/`, for all of it takes twice as long to load. They are
 * the same modules, so an Observable is an Observable of whoever imports rxjs.
 */
function rxjsByParts(): Plugin {
  const index = readFileSync(join(dirname(require.resolve("rxjs/package.json")), "dist/esm/index.js"), "utf8");
  const parts = [...index.matchAll(/export \{ .* \} from '\.\/(internal\/.*)';/g)].map(([line, path]) =>
    line.replace(`./${path}`, `rxjs/${path}`),
  );
  return {
    name: "rxjs-by-parts",
    resolveId: (id) => (id === "rxjs" ? "\0rxjs" : id.startsWith("rxjs/") ? { id, external: true } : null),
    load: (id) => (id === "\0rxjs" ? parts.join("\n") : null),
  };
}

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
writeGenerated("src/pipeline/generated/version.ts", `export const version = "${version}";\n`);
writeGenerated(
  "src/studio/generated/settingDocs.ts",
  `import type { KindDoc } from "../forms/kindDoc.ts";\n\nexport const settingDocs: Readonly<Record<string, KindDoc>> = ${JSON.stringify(settingDocs(root))};\n`,
);
const kernels = readKernels();
writeGenerated("assembly/generated/dispatch.ts", dispatcher(kernels));
writeGenerated("src/wasm/generated/kernels.ts", kernelTypes(kernels));
mkdirSync(join(root, "build"), { recursive: true });
const asc = join(dirname(require.resolve("assemblyscript/package.json")), "bin/asc.js");
const targets = ["simd", "relaxed"];
for (const target of targets) runNode(asc, ["assembly/index.ts", "--target", target]);
for (const target of targets) {
  const digits = readFileSync(join(root, `build/${target}.wasm`)).toString("hex");
  writeGenerated(`src/wasm/generated/${target}.ts`, `export const digits =\n  "${digits}";\n`);
}

if (!process.argv.includes("--kernels")) {
  const worker = await bundleWorker();
  const twins = await bundleWhole("src/js/executor.ts", []);
  writeGenerated("src/browser/generated/workerSource.ts", `export const workerSource: string = ${JSON.stringify(worker)};\n`);
  writeGenerated("src/browser/generated/twinsSource.ts", `export const twinsSource: string = ${JSON.stringify(twins)};\n`);
  rmSync(join(root, "dist"), { recursive: true, force: true });
  runNode(join(dirname(require.resolve("typescript/package.json")), "bin/tsc"), ["-p", "tsconfig.build.json"]);
  // What tsc wrote here imports its parts; pages are served, and packages export, the whole.
  writeFileSync(join(root, "dist/browser/worker.js"), worker);
  writeFileSync(join(root, "dist/browser/twins.js"), twins);
  for (const file of readdirSync(join(root, "dist/node"), { recursive: true, encoding: "utf8" })) {
    if (file.endsWith(".js")) rmSync(join(root, "dist/node", file));
  }
  await bundleNode();
  await bundlePage();
  await buildStudio(studioConfig);
  chmodSync(join(root, "dist/node/cli/main.js"), 0o755);
}
