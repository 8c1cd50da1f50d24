import type { SandboxProvider } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { quickjs } from "../sandboxes/quickjs/index.ts";
import { codeInterpreter } from "./code-interpreter.ts";
import { failureOf } from "./test-site/test-site.ts";

const sandbox = quickjs();
const interpreter = codeInterpreter({ sandbox, limits: { timeoutMs: 2_000 } });
const run = (code: string): Promise<string> => interpreter.call({ code });

describe("codeInterpreter", () => {
  it("has the name of the sandbox's language", () => {
    expect(interpreter.name).toBe("javascript_interpreter");
    expect(codeInterpreter({ sandbox: { ...sandbox, language: "python" } }).name).toBe("python_interpreter");
  });

  it.each([
    ["console.log('a'); console.log('b'); 1 + 1", "Stdout:\na\nb\nOutput: 2"],
    ["'text'", "Stdout:\n\nOutput: text"],
    ["({ a: [1] })", 'Stdout:\n\nOutput: {"a":[1]}'],
    ["console.log(1)", "Stdout:\n1\nOutput: undefined"],
    ["finalAnswer(5)", "Stdout:\n\nOutput: 5"],
  ])("runs %s", async (code, text) => {
    expect(await run(code)).toBe(text);
  });

  it("starts each call anew", async () => {
    await run("var kept = 1");
    expect(await run("typeof kept")).toBe("Stdout:\n\nOutput: undefined");
  });

  it("throws the message, the line and what was printed", async () => {
    const error = await failureOf(run("console.log('so far');\nnull.x"));
    expect(error).toMatchObject({ code: "TOOL_FAILED" });
    expect(error.message).toMatch(/^The code failed \(line 2.*\): TypeError: .*\nStdout:\nso far$/);
  });

  it.each([
    ["const", "TOOL_FAILED", "SyntaxError"],
    ["for (;;) {}", "TOOL_TIMEOUT", "The code failed"],
  ])("fails with the right code for %s", async (code, errorCode, text) => {
    const error = await failureOf(run(code));
    expect(error).toMatchObject({ code: errorCode });
    expect(error.message).toContain(text);
  });

  it("disposes of its sandbox, also when the code fails", async () => {
    let open = 0;
    const counting: SandboxProvider = {
      ...sandbox,
      async create(options) {
        const made = await sandbox.create(options);
        open += 1;
        return {
          name: made.name,
          language: made.language,
          run: (...args) => made.run(...args),
          dispose: () => made.dispose(),
          async [Symbol.asyncDispose]() {
            open -= 1;
            await made.dispose();
          },
        };
      },
    };
    const tool = codeInterpreter({ sandbox: counting });
    await tool.call({ code: "1" });
    await failureOf(tool.call({ code: "throw 1" }));
    expect(open).toBe(0);
  });

  it("ends with its caller", async () => {
    const abort = new AbortController();
    const call = interpreter.call(
      { code: "await new Promise(() => setTimeout(() => {}, 60000))" },
      { signal: abort.signal },
    );
    setTimeout(() => abort.abort(new Error("enough")), 20);
    await expect(call).rejects.toThrow("enough");
  });
});
