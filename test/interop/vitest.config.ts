import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vitest/config";
import workspace from "../../vitest.config.ts";

// As the other tests, but slower: models of real weights, and programs of another language.
const { projects: _projects, ...test } = workspace.test ?? {};

export default mergeConfig(
  { ...workspace, test },
  defineConfig({
    root: fileURLToPath(new URL("../..", import.meta.url)),
    test: {
      include: ["test/interop/**/*.test.ts"],
      // One file at a time: a model uses all processors.
      fileParallelism: false,
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  }),
);
