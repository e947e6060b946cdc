import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["src/testing/database-server.ts"],
    include: ["src/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 3,
    isolate: false,
  },
});
