/** One thing to measure, in both languages, with the same algorithm. */
export interface Program {
  name: string;
  javascript: string;
  python: string;
  /** How often it runs for one figure. */
  repeat: number;
}

/** What code in a sandbox does: little, or a lot of one thing. */
export const programs = {
  step: { name: "trivial step", javascript: "n += 1", python: "n += 1", repeat: 200 },
  call: { name: "step with one tool call", javascript: "await echo(1)", python: "echo(1)", repeat: 200 },
  calls: {
    name: "step with 100 parallel tool calls",
    javascript: "await Promise.all(Array.from({ length: 100 }, (_, i) => echo(i)))",
    python: "import asyncio\nawait asyncio.gather(*[echo.aio(i) for i in range(100)])",
    repeat: 3,
  },
  loop: {
    name: "sum to 3e6 in a loop",
    javascript: "(() => { let s = 0; for (let i = 0; i < 3e6; i++) s += i; return s })()",
    python: "def f():\n    s = 0\n    for i in range(3000000):\n        s += i\n    return s\nf()",
    repeat: 1,
  },
  fib: {
    name: "fib(20)",
    javascript: "(() => { const f = (n) => (n < 2 ? n : f(n - 1) + f(n - 2)); return f(20) })()",
    python: "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(20)",
    repeat: 1,
  },
  sort: {
    name: "make and sort 2e4 numbers",
    javascript:
      "(() => { let x = 1; const a = Array.from({ length: 2e4 }, () => (x = (x * 16807) % 2147483647)); a.sort((p, q) => p - q); return a[0] })()",
    python:
      "def f():\n    x = 1\n    a = []\n    for _ in range(20000):\n        x = (x * 16807) % 2147483647\n        a.append(x)\n    a.sort()\n    return a[0]\nf()",
    repeat: 1,
  },
  dict: {
    name: "fill and read a map of 2e4 texts",
    javascript:
      "(() => { const m = new Map(); for (let i = 0; i < 2e4; i++) m.set('key' + i, i); let s = 0; for (let i = 0; i < 2e4; i++) s += m.get('key' + i); return s })()",
    python:
      "def f():\n    m = {}\n    for i in range(20000):\n        m['key' + str(i)] = i\n    s = 0\n    for i in range(20000):\n        s += m['key' + str(i)]\n    return s\nf()",
    repeat: 1,
  },
  json: {
    name: "JSON of about 1 MB there and back",
    javascript:
      "JSON.parse(JSON.stringify(Array.from({ length: 12000 }, (_, i) => ({ id: i, name: 'item ' + i, tags: ['a', 'b'], value: i / 3 })))).length",
    python:
      "import json\nlen(json.loads(json.dumps([{'id': i, 'name': 'item ' + str(i), 'tags': ['a', 'b'], 'value': i / 3} for i in range(12000)])))",
    repeat: 1,
  },
} satisfies Record<string, Program>;

/** Name of a program. */
export type ProgramName = keyof typeof programs;

/** The same without parallel calls, for executors that have no such thing. */
export const sequentialCalls = "for i in range(100):\n    echo(i)";
