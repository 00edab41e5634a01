import { defineConfig } from "vitest/config";

// Whole runs on real data: longer than the unit tests, still minutes.
export default defineConfig({ test: { include: ["test/real/**/*.test.ts"], testTimeout: 300_000, fileParallelism: false } });
