import { defineConfig } from "vitest/config";

// The package as it is published: needs `npm run build` and the npm registry.
export default defineConfig({
  test: { include: ["test/package/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false },
});
