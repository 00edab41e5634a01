// How the studio's page is bundled: from src/studio to dist/studio, with the engine in its Worker.
import { join } from "node:path";
import type { InlineConfig, Plugin } from "vite";
import { style } from "./src/report/style.ts";

const root = import.meta.dirname;

/** Reports bring their style sheet with them as text; the page has it as a file. */
const reportStyle: Plugin = {
  name: "report-style",
  resolveId: (id) => (id === "report.css" ? "\0report.css" : null),
  load: (id) => (id === "\0report.css" ? style : null),
};

/** Texts that the package carries for pages without a server of its own: here the Worker is a file, and its page sends it the kernels. */
const without = (...files: readonly string[]): Plugin => ({
  name: "without",
  enforce: "pre",
  load: (id) => (files.some((file) => id.endsWith(`/generated/${file}.ts`)) ? 'export const workerSource = "", digits = "";' : null),
});

export const studioConfig: InlineConfig = {
  configFile: false,
  root: join(root, "src/studio"),
  publicDir: false,
  logLevel: "warn",
  plugins: [reportStyle, without("workerSource")],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: { conditions: ["browser", "es2015", "import", "default"] },
  worker: { format: "es", plugins: () => [without("simd", "relaxed")] },
  build: {
    outDir: join(root, "dist/studio"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
  },
};
