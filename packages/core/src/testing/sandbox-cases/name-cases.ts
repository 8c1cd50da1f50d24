import {
  expectError,
  expectValue,
  noOptions,
  only,
  sandboxCase,
  type SandboxCase,
  valueCase,
} from "../sandbox-case.ts";
import { source } from "../sandbox-program.ts";

/** The names that code declares. */
export const nameCases: readonly SandboxCase[] = [
  sandboxCase("keeps variables, functions and classes between runs", noOptions, async (sandbox) => {
    await sandbox.run({
      javascript: "const a = 1; let b = 2; var c = 3; const { d, e: [f] } = { d: 4, e: [5] };",
      python: "a = 1\nb: int = 2\nc = d = 3\nd += 1\ne, (f, *_) = 0, (5, 6)",
    });
    await sandbox.run({
      javascript: "function total(...n) { return n.reduce((x, y) => x + y, 0); }\nclass Box { v = 6 }",
      python: "import functools as tools\ndef total(*n): return tools.reduce(int.__add__, n)\nclass Box: v = 6",
    });
    expectValue(
      await sandbox.run({
        javascript: "total(a, b, c, d, f, new Box().v)",
        python: "total(a, b, c, d, f, Box().v)",
      }),
      21,
    );
  }),
  sandboxCase("lets a later run declare a name again", noOptions, async (sandbox) => {
    await sandbox.run({
      javascript: "const a = 1; function f() { return 'old'; } function g() { return f(); }",
      python: "a = 1\ndef f(): return 'old'\ndef g(): return f()",
    });
    await sandbox.run({
      javascript: "const a = 2; function f() { return 'new'; }",
      python: "a = 2\ndef f(): return 'new'",
    });
    expectValue(await sandbox.run("[a, g()]"), [2, "new"]);
  }),
  sandboxCase("lets a later run declare a name again as something else", noOptions, async (sandbox) => {
    expectValue(await sandbox.run({ javascript: "const it = 1;\nit", python: "it = 1\nit" }), 1);
    const functions = {
      javascript: "const sum = it() + more();\nfunction it() { return 2; }\nfunction more() { return 1; }\nsum",
      python: "def it(): return 2\ndef more(): return 1\nsum = it() + more()\nsum",
    };
    expectValue(await sandbox.run(functions), 3);
    expectValue(await sandbox.run("[it(), sum]"), [2, 3]);
    expectValue(
      await sandbox.run({ javascript: "class it { v = 4 }\nnew it().v", python: "class it: v = 4\nit.v" }),
      4,
    );
    await sandbox.run({ javascript: "function it() { return 5; }", python: "def it(): return 5" });
    expectValue(await sandbox.run("it()"), 5);
  }),
  sandboxCase(
    "lets a later run declare as a function what could not be declared before",
    noOptions,
    async (sandbox) => {
      await sandbox.run({
        javascript: "const late = (() => { throw new Error('x'); })();",
        python: "late = 1 / 0",
      });
      const declare = {
        javascript: "function late() { return 'there'; }\nlate()",
        python: "def late(): return 'there'\nlate()",
      };
      expectValue(await sandbox.run(declare), "there");
      expectValue(await sandbox.run("late()"), "there");
    },
  ),
  sandboxCase("keeps what ran before an error", noOptions, async (sandbox) => {
    const failing = {
      javascript: "const kept = 1;\nthrow new Error('x');",
      python: "kept = 1\nraise ValueError('x')",
    };
    expectError(await sandbox.run(failing), "SANDBOX_EXCEPTION");
    expectValue(await sandbox.run("kept"), 1);
  }),
  valueCase(
    "lets functions use themselves and what is beside them",
    {
      javascript:
        "const n = 2; function power(k) { return k < 1 ? 1 : n * power(k - 1); }\n[0, 1, 2].map((k) => power(k))",
      python: "n = 2\ndef power(k): return 1 if k < 1 else n * power(k - 1)\n[power(k) for k in range(3)]",
    },
    [1, 2, 4],
  ),
  ...only({ language: "javascript" }, [
    valueCase("keeps block scope", "let a = 1; { let a = 2; } for (const a of [3]) ;\na", 1),
    valueCase("hoists functions", "const v = f();\nfunction f() { return 7; }\nv", 7),
  ]),
  ...only({ language: "python" }, [
    sandboxCase("lets functions assign to globals, and see those of later runs", noOptions, async (sandbox) => {
      await sandbox.run("def grow():\n  global size\n  size = size + step");
      await sandbox.run("size, step = 1, 2\ngrow()");
      expectValue(await sandbox.run("step = 10\ngrow()\nsize"), 13);
    }),
    valueCase(
      "runs code as the main module",
      source`
        import typing

        class Point:
            next: 'Point'

        [__name__, typing.get_type_hints(Point)['next'] is Point]
      `,
      ["__main__", true],
    ),
  ]),
];
