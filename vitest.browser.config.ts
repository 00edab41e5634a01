// The tests of test/browser, in a real Chromium, on what ships: dist/ must have been built.
import { existsSync } from "node:fs";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { emulate, openFromDisk, workers } from "./test/browser/commands.ts";
import { chromiumLaunch, missingChromium } from "./test/support/chromium.ts";

const built = new URL("./dist/browser/index.js", import.meta.url).pathname;
const missing = missingChromium ?? (existsSync(built) ? undefined : "dist/: not built; npm run build");
if (missing !== undefined) {
  console.error(missing);
  process.exit(1);
}

export default defineConfig({
  resolve: { alias: { "lanewise/browser": built, lanewise: built } },
  // Found while a test runs, a dependency would reload the page.
  optimizeDeps: { include: ["rxjs", "@assemblyscript/loader", "axe-core"], exclude: ["fast-png", "jpeg-js"] },
  server: { headers: { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" } },
  test: {
    include: ["test/browser/**/*.test.ts"],
    globalSetup: "test/browser/setup.ts",
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      commands: { emulate, openFromDisk, workers },
      instances: [{ browser: "chromium" }],
      provider: playwright({
        launchOptions: chromiumLaunch,
      }),
    },
  },
});
