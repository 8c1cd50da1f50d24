import {
  expect,
  expectEqual,
  expectValue,
  noOptions,
  only,
  runCase,
  sandboxCase,
  type SandboxCase,
  valueCase,
} from "../sandbox-case.ts";

/** What code prints. */
export const printCases: readonly SandboxCase[] = [
  runCase(
    "captures what is printed, in order",
    {
      javascript: "console.log('a', 1); console.error({ b: [2] });\nconsole.info('c')",
      python: "print('a', 1)\nprint({'b': [2]})\nprint('c')",
    },
    ({ output }) => {
      const [first, second, third, ...others] = output.split("\n");
      expectEqual([first, third, others], ["a 1", "c", []], "lines");
      expect(/b\W*:.*2/.test(second ?? ""), `an object is shown as ${second}`);
    },
  ),
  {
    name: "tells each printed text as it comes",
    run: async (provider) => {
      const texts: string[] = [];
      await using sandbox = await provider.create({ functions: { heard: () => texts } });
      const result = await sandbox.run(
        {
          javascript: "console.log('a'); const first = await heard(); console.log('b'); [first, await heard()]",
          python: "print('a')\nfirst = heard()\nprint('b')\n[first, heard()]",
        },
        { onOutput: (text) => void texts.push(text) },
      );
      expectValue(result, [["a"], ["a", "b"]]);
      expectEqual(result.output, texts.join("\n"), "output");
    },
  },
  sandboxCase("works on when a listener of what is printed fails", noOptions, async (sandbox) => {
    const result = await sandbox.run(
      { javascript: "console.log('a'); 1", python: "print('a')\n1" },
      {
        onOutput: () => {
          throw new Error("no room");
        },
      },
    );
    expectValue(result, 1);
    expectEqual(result.output, "a", "output");
  }),
  runCase(
    "prints a value that contains itself",
    { javascript: "const a = {}; a.a = a; console.log(a);", python: "a = {}\na['a'] = a\nprint(a)" },
    (result) => expect(result.error === undefined && result.output !== "", "it cannot be printed"),
  ),
  sandboxCase("starts each run with no output", noOptions, async (sandbox) => {
    await sandbox.run({ javascript: "console.log('before')", python: "print('before')" });
    expectEqual((await sandbox.run("1")).output, "", "output");
  }),
  ...only({ language: "python" }, [
    runCase(
      "joins what is printed in parts to lines",
      String.raw`print('a', end='')` + "\n" + String.raw`print('b', 'c', sep='\n')` + "\nprint()\nprint('d', end='')",
      ({ output }) => expectEqual(output, "ab\nc\n\nd", "output"),
    ),
    runCase(
      "captures what goes to standard error",
      "import traceback\ntry: 1 / 0\nexcept ZeroDivisionError: traceback.print_exc()\nprint('on')",
      ({ output }) => expect(/ZeroDivisionError.*\non$/s.test(output), `the output is ${output}`),
    ),
    valueCase(
      "lets code catch what it prints itself",
      "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as text:\n  print('a')\ntext.getvalue()",
      "a\n",
    ),
    runCase("has nothing for code to read from", "input('name? ')", ({ error }) =>
      expectEqual([error?.code, error?.name], ["SANDBOX_EXCEPTION", "EOFError"], "error"),
    ),
  ]),
];
