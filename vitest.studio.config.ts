// The tests of test/studio/browser: the built studio, driven in a real browser. dist/ must have been built.
import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { missingChromium } from "./test/support/chromium.ts";

const built = new URL("./dist/studio/index.html", import.meta.url).pathname;
const missing = missingChromium ?? (existsSync(built) ? undefined : "dist/studio: not built; npm run build");
if (missing !== undefined) {
  console.error(missing);
  process.exit(1);
}

export default defineConfig({
  test: {
    include: ["test/studio/browser/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    expect: { poll: { timeout: 15_000 } },
  },
});
