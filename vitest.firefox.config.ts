// The tests of test/firefox, in a real Firefox, on what ships: dist/ must have been built.
import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

process.env.LANEWISE_FIREFOX ??=
  ["/usr/bin/firefox", "/usr/bin/firefox-esr"].find((program) => existsSync(program)) ?? "/usr/bin/firefox-esr";
const firefox = process.env.LANEWISE_FIREFOX;
const missing = !existsSync(firefox)
  ? `${firefox}: there is no Firefox; apt-get install firefox-esr, or set LANEWISE_FIREFOX to one`
  : !existsSync(new URL("./dist/browser/index.js", import.meta.url).pathname)
    ? "dist/: not built; npm run build"
    : undefined;
if (missing !== undefined) {
  console.error(missing);
  process.exit(1);
}

export default defineConfig({
  resolve: { alias: { lanewise: new URL("./src/node/index.ts", import.meta.url).pathname } },
  test: { include: ["test/firefox/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
