import { python, pythonProblem } from "@smoltools/adapters/sandboxes/python";
import type { SandboxProvider } from "@smoltools/core";
import { beforeEach } from "vitest";

/** The sandbox of Python, for all tests of a file. */
export const pythonSandbox: SandboxProvider = python({ imports: "*" });

/** Skips the tests of the file, saying what to install, where there can be no such sandbox. */
export function needsPython(): void {
  beforeEach(async ({ skip }) => {
    const problem = await pythonProblem();
    skip(problem !== undefined, problem);
  });
}
