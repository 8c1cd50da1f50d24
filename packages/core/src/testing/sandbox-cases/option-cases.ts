import type { SandboxOptions, SandboxRunOptions } from "../../sandbox/sandbox.ts";
import {
  codeOf,
  expectEqual,
  expectValue,
  noOptions,
  only,
  rejection,
  sandboxCase,
  type SandboxCase,
} from "../sandbox-case.ts";

function refusedOption(what: string, options: SandboxOptions): SandboxCase {
  return {
    name: `refuses ${what}`,
    run: async (provider) =>
      expectEqual(codeOf(await rejection(provider.create(options))), "SANDBOX_BAD_OPTIONS", "code"),
  };
}

function refusedRunOption(what: string, options: SandboxRunOptions): SandboxCase {
  return sandboxCase(`refuses a run with ${what}`, noOptions, async (sandbox) => {
    expectEqual(codeOf(await rejection(sandbox.run("1", options))), "SANDBOX_BAD_OPTIONS", "code");
    expectValue(await sandbox.run("1"), 1);
  });
}

/** Options that are wrong. */
export const optionCases: readonly SandboxCase[] = [
  refusedOption("a function whose name is no identifier", { functions: { "a b": () => 1 } }),
  refusedOption("a variable that is no JSON", { variables: { a: 1n } }),
  refusedOption("a name that is both a function and a variable", {
    functions: { a: () => 1 },
    variables: { a: 1 },
  }),
  refusedOption("a limit that is no number", { limits: { timeoutMs: Number.NaN } }),
  refusedRunOption("a variable that is no JSON", { variables: { a: 1n } }),
  refusedRunOption("no time at all", { timeoutMs: 0 }),
  ...only({ language: "javascript" }, [
    refusedOption("a function called finalAnswer", { functions: { finalAnswer: () => 1 } }),
    refusedOption("a variable called __proto__", {
      variables: JSON.parse('{"__proto__":1}') as Record<string, unknown>,
    }),
  ]),
  ...only({ language: "python" }, [
    refusedOption("a function called final_answer", { functions: { final_answer: () => 1 } }),
    refusedOption("a function whose name is a keyword", { functions: { lambda: () => 1 } }),
    refusedOption("a variable whose name is a keyword", { variables: { class: 1 } }),
    refusedOption("a variable called __builtins__", { variables: { __builtins__: {} } }),
    refusedOption("modules of JavaScript", { modules: { maths: "export default 1;" } }),
  ]),
];
