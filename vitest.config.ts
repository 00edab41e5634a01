import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { lanewise: new URL("./src/node/index.ts", import.meta.url).pathname } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**", "test/firefox/**", "test/studio/browser/**", "test/package/**", "test/real/**"],
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
