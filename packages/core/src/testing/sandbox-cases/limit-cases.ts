import type { SandboxLimits } from "../../sandbox/limits.ts";
import type { HostFunction, SandboxOptions } from "../../sandbox/sandbox.ts";
import {
  expect,
  expectEqual,
  expectError,
  expectValue,
  sandboxCase,
  type SandboxCase,
  valueCase,
} from "../sandbox-case.ts";
import type { Program } from "../sandbox-program.ts";
import { queueCase } from "./queue-case.ts";

const functions: Readonly<Record<string, HostFunction>> = {
  echo: ([value]) => value,
  big: () => "é".repeat(600),
  deep: () => JSON.parse(`${"[".repeat(11)}${"]".repeat(11)}`) as unknown,
};

/** Sandboxes with one low limit each. */
const limited = {
  maxSourceBytes: { functions, limits: { maxSourceBytes: 100 } },
  maxArgumentBytes: { functions, limits: { maxArgumentBytes: 1000 } },
  maxResultBytes: { functions, limits: { maxResultBytes: 1000 } },
  maxDepth: { functions, limits: { maxDepth: 10 } },
  maxCalls: { functions, limits: { maxCalls: 5 } },
} satisfies Partial<Record<keyof SandboxLimits, SandboxOptions>>;

/** A case in which code reaches a limit; the sandbox works afterwards. */
function limitCase(name: string, limit: keyof typeof limited, program: Program): SandboxCase {
  return sandboxCase(name, limited[limit], async (sandbox) => {
    const result = await sandbox.run(program);
    expectError(result, "SANDBOX_LIMIT", new RegExp(limit));
    expectEqual(result.error?.limit, limit, "limit");
    expectValue(await sandbox.run("1 + 1"), 2);
  });
}

/** Makes a list `v` of eleven levels. */
const deep = {
  javascript: "let v = 1; for (let i = 0; i < 11; i++) v = [v];",
  python: "v = 1\nfor i in range(11): v = [v]",
};

/** What is counted is limited, and reaching a limit costs no more than the run. */
export const limitCases: readonly SandboxCase[] = [
  limitCase("limits the length of the source", "maxSourceBytes", `"${"x".repeat(100)}"`),
  limitCase("limits the bytes of arguments", "maxArgumentBytes", {
    javascript: "await echo('é'.repeat(600))",
    python: "echo('é' * 600)",
  }),
  limitCase("limits the bytes of the result of a call", "maxResultBytes", {
    javascript: "await big(); 1",
    python: "big()\n1",
  }),
  limitCase("limits the bytes of the value of a run", "maxResultBytes", {
    javascript: "'é'.repeat(600)",
    python: "'é' * 600",
  }),
  limitCase("limits the bytes of the final answer", "maxResultBytes", {
    javascript: "finalAnswer('é'.repeat(600))",
    python: "final_answer('é' * 600)",
  }),
  limitCase("limits the depth of arguments", "maxDepth", {
    javascript: `${deep.javascript}\nawait echo(v)`,
    python: `${deep.python}\necho(v)`,
  }),
  limitCase("limits the depth of the result of a call", "maxDepth", {
    javascript: "await deep(); 1",
    python: "deep()\n1",
  }),
  limitCase("limits the depth of the value of a run", "maxDepth", {
    javascript: `${deep.javascript}\nv`,
    python: `${deep.python}\nv`,
  }),
  limitCase("limits the number of calls", "maxCalls", {
    javascript: "for (let i = 0; i < 6; i++) await echo(i);",
    python: "for i in range(6): echo(i)",
  }),
  valueCase(
    "allows as much as the limits say",
    {
      javascript: "let n = 0; for (let i = 0; i < 5; i++) n += (await echo('x'.repeat(990))).length;\n[[n]]",
      python: "n = 0\nfor i in range(5): n += len(echo('x' * 990))\n[[n]]",
    },
    [[4950]],
    { functions, limits: { maxCalls: 5, maxArgumentBytes: 1000, maxResultBytes: 1000, maxDepth: 2 } },
  ),
  queueCase("queues calls beyond those that may wait at the same time", {
    javascript: "(await Promise.all(Array.from({ length: 20 }, (_, i) => work(i)))).length",
    python: "import asyncio\nlen(await asyncio.gather(*(work.aio(i) for i in range(20))))",
  }),
  sandboxCase("cuts what is printed and says so", { limits: { maxOutputBytes: 100 } }, async (sandbox) => {
    const { output, error } = await sandbox.run({
      javascript: "for (let i = 0; i < 100; i++) console.log('line', i);",
      python: "for i in range(100): print('line', i)",
    });
    expect(error === undefined, "it is an error");
    expect(output.startsWith("line 0\nline 1\n") && output.length < 250, `the output is ${output}`);
    expect(/cut|more/.test(output), "it does not say that something was cut");
    const after = await sandbox.run({ javascript: "console.log('after')", python: "print('after')" });
    expectEqual(after.output, "after", "output of the next run");
  }),
];
