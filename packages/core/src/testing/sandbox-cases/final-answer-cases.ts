import type { SandboxOptions } from "../../sandbox/sandbox.ts";
import {
  expect,
  expectEqual,
  expectError,
  noOptions,
  only,
  runCase,
  sandboxCase,
  type SandboxCase,
} from "../sandbox-case.ts";
import { type Program, source } from "../sandbox-program.ts";

const echo: SandboxOptions = { functions: { echo: ([value]) => value } };

/** A case in which the code gives the answer 1, whatever else it does, and prints nothing. */
function answerCase(name: string, program: Program): SandboxCase {
  return runCase(
    name,
    program,
    ({ finalAnswer, error, output }) => {
      expectEqual([finalAnswer, output], [{ value: 1 }, ""], "final answer and output");
      expect(error === undefined, `there is an error: ${error?.message}`);
    },
    echo,
  );
}

/** The final answer of an agent's code. */
export const finalAnswerCases: readonly SandboxCase[] = [
  runCase(
    "ends the code with the final answer",
    {
      javascript: "finalAnswer({ a: [1] }); console.log('never')",
      python: "final_answer({'a': [1]})\nprint('never')",
    },
    (result) => {
      expectEqual(result.finalAnswer, { value: { a: [1] } }, "finalAnswer");
      expect(result.error === undefined, "it is an error");
      expectEqual(result.output, "", "output");
    },
  ),
  answerCase("ends the code with the final answer of a function that waited", {
    javascript: "async function f() { await null; finalAnswer(1); }\nawait f();\nconsole.log('never')",
    python: source`
      import asyncio

      async def f():
          await asyncio.sleep(0)
          final_answer(1)

      await f()
      print('never')
    `,
  }),
  answerCase("keeps the first final answer of code that catches its end", {
    javascript: "try { finalAnswer(1); } catch {}\ntry { finalAnswer(2); } catch {}\nawait echo(3);",
    python: source`
      try: final_answer(1)
      except BaseException: pass
      try: final_answer(2)
      except BaseException: pass
      echo(3)
    `,
  }),
  answerCase("keeps the final answer of code that fails afterwards", {
    javascript: "try { finalAnswer(1); } catch {}\nnull.x;",
    python: "try: final_answer(1)\nexcept BaseException: pass\n1 / 0",
  }),
  answerCase("ends code that does not end after its final answer", {
    javascript: "try { finalAnswer(1); } catch {}\nfor (;;);",
    python: "try: final_answer(1)\nexcept BaseException: pass\nwhile True: pass",
  }),
  runCase(
    "takes nothing as the final answer",
    { javascript: "finalAnswer()", python: "final_answer(None)" },
    ({ finalAnswer }) => {
      expect(finalAnswer !== undefined, "there is no answer");
      expect(finalAnswer.value === undefined || finalAnswer.value === null, "the answer is something");
    },
  ),
  runCase(
    "refuses a final answer that is no JSON value",
    { javascript: "finalAnswer(() => 1)", python: "final_answer(lambda: 1)" },
    (result) => {
      expectError(result, "SANDBOX_EXCEPTION");
      expect(result.finalAnswer === undefined, "there is an answer");
    },
  ),
  sandboxCase("does not let code replace the function for the final answer", noOptions, async (sandbox) => {
    const replace = { javascript: "finalAnswer = () => 'mine'", python: "final_answer = lambda value: 'mine'" };
    expectError(await sandbox.run(replace), "SANDBOX_EXCEPTION", /finalAnswer|final_answer/);
    const { finalAnswer } = await sandbox.run({ javascript: "finalAnswer(1)", python: "final_answer(1)" });
    expectEqual(finalAnswer, { value: 1 }, "finalAnswer");
  }),
  sandboxCase("gives a final answer to the run that called it alone", noOptions, async (sandbox) => {
    await sandbox.run({ javascript: "finalAnswer(1)", python: "final_answer(1)" });
    expect((await sandbox.run("2")).finalAnswer === undefined, "the answer is there again");
  }),
  ...only({ language: "python" }, [
    answerCase(
      "does not take the final answer for an exception",
      source`
        def f():
            try:
                final_answer(1)
            except Exception:
                print('caught')
        f()
      `,
    ),
    answerCase(
      "takes the final answer of an event loop of the code",
      source`
        import asyncio

        async def answer():
            final_answer(1)

        async def main():
            await asyncio.gather(asyncio.sleep(60), answer())

        asyncio.run(main())
        print('never')
      `,
    ),
  ]),
];
