import type {
  CodeLanguage,
  RunResult,
  SandboxOptions,
  SandboxProvider,
  SandboxRunOptions,
} from "../sandbox/sandbox.ts";
import { type AfterAll, type Lend, lend } from "./lend.ts";

/** A program of a case: one for each language, or one that is the same in every language that has the case. */
export type Program = string | Readonly<Record<CodeLanguage, string>>;

/** A sandbox that takes a program in the language that it has. */
export interface CaseSandbox extends AsyncDisposable {
  run(program: Program, options?: SandboxRunOptions): Promise<RunResult>;
  dispose(): Promise<void>;
}

/** Makes the sandboxes under test. */
export interface CaseProvider {
  create(options?: SandboxOptions): Promise<CaseSandbox>;
  /** For a case that needs no new sandbox: it may get one that was lent before, with the same object of options. */
  lend: Lend<SandboxOptions, CaseSandbox>;
}

/** The provider as cases use it. */
export function caseProvider(provider: SandboxProvider, afterAll?: AfterAll): CaseProvider {
  const create: CaseProvider["create"] = async (options) => {
    const sandbox = await provider.create(options);
    return {
      run: (program, runOptions) =>
        sandbox.run(typeof program === "string" ? program : program[provider.language], runOptions),
      dispose: () => sandbox.dispose(),
      [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
    };
  };
  return { create, lend: lend(create, afterAll) };
}

/**
 * Source text of several lines, without the line breaks at its ends and without the indentation that all lines have.
 * Backslashes belong to the program.
 */
export function source(text: TemplateStringsArray, ...values: readonly unknown[]): string {
  const lines = String.raw(text, ...values)
    .replace(/^\n|\n *$/g, "")
    .split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n");
}
