import { expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { python } from "./index.ts";
import { sharedSandbox } from "./test-support/code-runs.ts";

needsIsolation();

const { run } = sharedSandbox({ imports: "*" });

test("what is printed comes line by line, standard error included (case 104)", async () => {
  const lines: string[] = [];
  const code = "import sys\nprint('a', 1)\nprint('b', end='')\nprint('c\\n\\nd')\nprint('e', file=sys.stderr, end='')";
  const { output } = await run(code, { onOutput: (line) => void lines.push(line) });
  expect(lines).toEqual(["a 1", "bc", "", "d", "e"]);
  expect(output).toBe(lines.join("\n"));
});

test.each<[what: string, code: string, output: string]>([
  ["in functions and comprehensions (case 104)", "def f(n): print(n)\n[f(n) for n in (1, 2)]\nNone", "1\n2"],
  [
    "as bytes",
    "import sys\nsys.stdout.buffer.write('é\\n'.encode()[:1])\nsys.stdout.buffer.write('é\\n'.encode()[1:])\nNone",
    "é",
  ],
  ["with half a surrogate pair", "print('\\ud800')", "\\ud800"],
  [
    "as a warning",
    "import warnings\nwarnings.warn('old')",
    expect.stringContaining("UserWarning: old") as unknown as string,
  ],
  ["by a logger", "import logging\nlogging.warning('hot')", "WARNING:root:hot"],
])("output is captured %s", async (_what, code, output) => {
  expect((await run(code)).output).toEqual(output);
});

test.each<[what: string, code: string]>([
  ["of many lines", "for i in range(10 ** 5): print('line')"],
  ["of one long line", "print('line\\nline\\n' + 'x' * 10 ** 6)"],
  ["of a line without end", "print('line\\nline')\nfor i in range(10 ** 5): print('xx', end='')"],
])("output is cut at its limit (case 104): %s", async (_what, code) => {
  await using sandbox = await python().create({ limits: { maxOutputBytes: 12 } });
  const { output, error } = await sandbox.run(code);
  expect(error).toBeUndefined();
  expect(output).toMatch(/^line\nline\n.*maxOutputBytes\)$/s);
  expect(output.length).toBeLessThan(100);
});

test("what a thread prints after its run is of no run", async () => {
  const code =
    "import threading, time\ngo = threading.Event()\ndef late():\n  go.wait()\n  print('late')\n  done.set()\ndone = threading.Event()\nthreading.Thread(target=late).start()";
  await run(code);
  await run("import threading\nthreading.Timer(0.05, go.set).start()");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await run("done.wait()\nNone")).output).toBe("");
});

test("input has come to its end", async () => {
  expect((await run("input()")).error).toMatchObject({ name: "EOFError" });
});
