import { processProblem, processSandbox } from "@smoltools/adapters/sandboxes/process";
import { python, pythonProblem } from "@smoltools/adapters/sandboxes/python";
import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import type { SandboxProvider } from "@smoltools/core";
import { describe, expect, test } from "vitest";
import { soak } from "./soak.ts";

const megabyte = 2 ** 20;

interface Subject {
  provider: SandboxProvider;
  cycles: number;
  problem?: () => Promise<string | undefined>;
}

const subjects: Record<string, Subject> = {
  quickjs: { provider: quickjs(), cycles: 400 },
  "process in bubblewrap": {
    provider: processSandbox({ isolation: "bubblewrap" }),
    cycles: 60,
    problem: () => processProblem({ isolation: "bubblewrap" }),
  },
  "process in Deno": {
    provider: processSandbox({ isolation: "deno" }),
    cycles: 40,
    problem: () => processProblem({ isolation: "deno" }),
  },
  python: {
    provider: python({ isolation: "bubblewrap" }),
    cycles: 60,
    problem: () => pythonProblem({ isolation: "bubblewrap" }),
  },
};

describe.each(Object.entries(subjects))(
  "many sandboxes one after another: %s",
  (_name, { provider, cycles, problem }) => {
    test(
      "leave neither memory nor threads, descriptors, processes and files behind",
      { timeout: 120_000 },
      async ({ skip }) => {
        const missing = await problem?.();
        skip(missing !== undefined, missing);
        const { early, late } = await soak(provider, cycles);
        expect(late.heapBytes - early.heapBytes).toBeLessThan(4 * megabyte);
        expect(late.residentBytes - early.residentBytes).toBeLessThan(64 * megabyte);
        // One spare thread more or less: the pool may be between two.
        expect(late.threads).toBeLessThanOrEqual(early.threads + 1);
        expect(late.descriptors).toBeLessThanOrEqual(early.descriptors + 2);
        expect(late.processes).toBeLessThanOrEqual(early.processes);
        expect(late.temporaryFiles).toBeLessThanOrEqual(early.temporaryFiles);
      },
    );
  },
);
