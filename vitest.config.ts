import { defineConfig } from "vitest/config";

// Tests run on the sources: the same exports map as users get, with the condition that points at src.
const source = ["@smoltools/source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts", "bench/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "test/interop/**"],
    environment: "node",
    pool: "forks",
    // Most of the time goes into waiting for processes and containers: three at once are not too many for two cores.
    maxWorkers: 3,
    execArgv: ["--conditions=@smoltools/source"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
  },
});
