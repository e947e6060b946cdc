import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["tests/server.ts"],
    include: ["tests/**/*.test.ts"],
    testTimeout: 240_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
