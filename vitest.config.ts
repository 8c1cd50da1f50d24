import { defineConfig } from "vitest/config";

// Tests run on the sources: the same exports map as users get, with the condition that points at src.
const source = ["@smoltools/source", "node", "import", "default"];

/** Their files leave nothing behind in their process, and are run in a few, one after another: half the time. */
const together = [
  "packages/{core,hub,smoltools,cli}/src/**/*.test.ts",
  "test/{agents,flows,hub-server,package,security}/**/*.test.ts",
];

/** Tests of the packed packages, which `pnpm test:packages` runs. */
const tarballs = "test/package/tarballs/**";

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    environment: "node",
    pool: "forks",
    // Most of the time goes into waiting for processes and containers: four at once are not too many for two cores.
    maxWorkers: 4,
    execArgv: ["--conditions=@smoltools/source"],
    // What takes a second alone can take many beside three others; what hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second, the default, is short for what other processes do on a machine with other work.
    expect: { poll: { timeout: 10_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          include: together,
          exclude: ["**/node_modules/**", "**/dist/**", tarballs],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "alone",
          include: ["packages/*/src/**/*.test.ts", "{test,examples,bench}/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", "test/interop/**", ...together],
        },
      },
    ],
  },
});
