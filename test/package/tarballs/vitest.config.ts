import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// On the packages as they would be published, not on the sources.
export default defineConfig({
  root: fileURLToPath(new URL("../../..", import.meta.url)),
  test: {
    include: ["test/package/tarballs/**/*.test.ts"],
    globalSetup: ["test/package/tarballs/setup.ts"],
    environment: "node",
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
