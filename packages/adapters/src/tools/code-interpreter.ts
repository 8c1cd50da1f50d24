import { type SandboxLimits, type SandboxProvider, type Tool, tool } from "@smoltools/core";
import { interpreterText } from "./interpreter/interpreter-text.ts";
import { typedSchema } from "./typed-schema.ts";

/** Options of {@link codeInterpreter}. */
export interface CodeInterpreterOptions {
  /** Where the code runs; its language is the tool's. */
  sandbox: SandboxProvider;
  /** Limits that differ from those of sandboxes. */
  limits?: Partial<SandboxLimits>;
}

/** Input of `javascript_interpreter` and `python_interpreter`. */
export interface CodeInterpreterInput {
  code: string;
}

/**
 * A tool that runs code, for agents that write none themselves: `javascript_interpreter` or `python_interpreter`, by
 * the language of the sandbox.
 *
 * Each call has a sandbox of its own, which is disposed when the call is over: nothing lives on. The code has no
 * network and no tools. What it does wrong is thrown as a ToolExecutionError with the message and the line.
 */
export function codeInterpreter({
  sandbox: provider,
  limits,
}: CodeInterpreterOptions): Tool<CodeInterpreterInput, string> {
  const isPython = provider.language === "python";
  const name = isPython ? "python_interpreter" : "javascript_interpreter";
  const language = isPython ? "Python" : "JavaScript or TypeScript";
  const print = isPython ? "print" : "console.log";
  return tool({
    name,
    description:
      `Runs ${language} code and returns what it printed with ${print}, and the value of its last expression. ` +
      "Each call starts anew: variables of earlier calls are gone. There is no network.",
    input: typedSchema<CodeInterpreterInput>({
      type: "object",
      properties: { code: { type: "string", description: `The ${language} code.` } },
      required: ["code"],
      additionalProperties: false,
    }),
    output: typedSchema<string>({ type: "string" }),
    annotations: { title: `${isPython ? "Python" : "JavaScript"} interpreter`, openWorldHint: false },
    execute: async ({ code }, { signal }) => {
      await using sandbox = await provider.create({ ...(limits && { limits }), ...(signal && { signal }) });
      return interpreterText(name, provider.language, await sandbox.run(code, signal ? { signal } : {}));
    },
  });
}
