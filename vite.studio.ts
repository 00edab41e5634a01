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

/** The package carries its Worker as text; the studio's server has one as a file. */
const withoutWorkerText: Plugin = {
  name: "without-worker-text",
  load: (id) => (id.endsWith("/generated/workerSource.ts") ? 'export const workerSource = "";' : null),
};

/** It would tell which plugin took how long. */
const quietly = { checks: { pluginTimings: false } };

export const studioConfig: InlineConfig = {
  configFile: false,
  root: join(root, "src/studio"),
  publicDir: false,
  logLevel: "warn",
  plugins: [reportStyle, withoutWorkerText],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: { conditions: ["browser", "es2015", "import", "default"] },
  worker: { format: "es", rolldownOptions: quietly },
  build: {
    outDir: join(root, "dist/studio"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
    rolldownOptions: quietly,
  },
};
