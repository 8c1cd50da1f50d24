import type { CodeCheck, Sandbox, SandboxOptions, SandboxProvider } from "@smoltools/core";
import { testSandbox } from "@smoltools/core/testing";
import { describe, test } from "vitest";
import { quickjs } from "../sandboxes/quickjs/index.ts";
import { patient } from "./test-support/check-steps.ts";
import { typeCheck } from "./index.ts";

const checker = typeCheck(patient);

/** The `quickjs` sandbox, which fails when code that runs in it without an error has findings. */
const checked: SandboxProvider = {
  name: "checked quickjs",
  language: "javascript",
  create: async (options: SandboxOptions = {}): Promise<Sandbox> => {
    const sandbox = await quickjs().create(options);
    const names = Object.keys(options.functions ?? {});
    const declarations = names.map((name) => `function ${name}(...args: any[]): Promise<any>;`).join("\n");
    return withCheck(sandbox, await checker.open({ declarations, variables: options.variables ?? {} }));
  },
};

function withCheck(sandbox: Sandbox, check: CodeCheck): Sandbox {
  const dispose = async (): Promise<void> => {
    check[Symbol.dispose]();
    await sandbox.dispose();
  };
  return {
    name: sandbox.name,
    language: sandbox.language,
    run: async (code, options) => {
      const result = await sandbox.run(code, options);
      // Variables that come with one run are not part of a check's scope.
      if (!result.error && !options?.variables) {
        const findings = check.findings(code);
        if (findings.length > 0) throw new Error(`${JSON.stringify(findings)} in\n${code}`);
      }
      check.ran(code);
      if (result.stateLost) check.forget();
      return result;
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

describe("code of the contract for sandboxes that runs without an error has no findings: one that", () => {
  testSandbox({ provider: checked, test });
});
