import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

const levels = 200_000;
const syntax = { error: ["SANDBOX_SYNTAX"] } as const;

function nested(open: string, middle: string, close = ""): string {
  return open.repeat(levels) + middle + close.repeat(levels);
}

/** Sources that are too much for a parser that recurses, or more than they seem. */
export const deepSource: readonly HostileProgram[] = hostilePrograms({ language: "python", kind: "deep source" }, [
  { name: "parentheses", code: nested("(", "1", ")"), ends: "error" },
  { name: "lists", code: nested("[", "", "]"), ends: "error" },
  { name: "unary operators", code: nested("-", "1"), ends: "anyhow" },
  { name: "negations", code: nested("not ", "1"), ends: "anyhow" },
  { name: "additions", code: `1${"+1".repeat(levels)}`, ends: "anyhow" },
  { name: "powers", code: `1${"**1".repeat(levels)}`, ends: "anyhow" },
  { name: "attributes", code: `a = 1\na${".a".repeat(levels)}`, ends: "error" },
  { name: "lambdas", code: nested("lambda:", "1"), ends: "anyhow" },
  { name: "assignments", code: `${nested("a=", "1")}`, ends: "anyhow" },
  { name: "conditions", code: nested("1 if 1 else ", "1"), ends: "anyhow" },
  {
    name: "blocks",
    code: `${Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}if 1:\n`).join("")}${" ".repeat(1000)}pass`,
    ends: "error",
  },
  { name: "decorators", code: `${"@echo\n".repeat(20_000)}def f(): pass`, ends: "anyhow" },
  { name: "eval", code: `eval("(" * ${levels})`, ends: "error" },
  {
    name: "an abstract tree that it builds itself",
    code: "import ast\nnode = ast.Constant(1)\nfor _ in range(200000):\n    node = ast.UnaryOp(ast.USub(), node)\ncompile(ast.fix_missing_locations(ast.Expression(node)), 'x', 'eval')",
    ends: "error",
  },
  { name: "a long line", code: `a = 0; ${"a+=1;".repeat(levels)} a`, ends: "anyhow" },
  { name: "a NUL in the source", code: "a = 1\0\nb = 2", ends: "error" },
  { name: "a coding that hides the code", code: "# -*- coding: utf-7 -*-\n+AGkAbQBwAG8AcgB0-", ends: "error" },
  { name: "a coding that does not exist", code: "# coding: no-such-coding\n'read'", ends: "anyhow" },
  { name: "letters that only look like others", code: "ｏｕｔ = 1\nout", ends: { value: 1 } },
  { name: "spaces and tabs in turns", code: "if 1:\n\tif 1:\n        pass\n\tpass", ends: syntax },
]);
