// The tests of test/studio/browser: the built studio, driven in a real browser. dist/ must have been built.
import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

process.env.LANEWISE_CHROMIUM ??= "/usr/bin/chromium";
const missing = !existsSync(process.env.LANEWISE_CHROMIUM)
  ? `${process.env.LANEWISE_CHROMIUM}: there is no Chromium; apt-get install chromium, or set LANEWISE_CHROMIUM to one`
  : !existsSync(new URL("./dist/studio/index.html", import.meta.url).pathname)
    ? "dist/studio: not built; npm run build"
    : undefined;
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
