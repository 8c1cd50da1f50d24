import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

const exception = { error: ["SANDBOX_EXCEPTION"] } as const;
const timeout = { error: ["SANDBOX_TIMEOUT"] } as const;

/** Values and errors that do something when they are looked at, on their way to the host. */
export const bridgeValues: readonly HostileProgram[] = hostilePrograms(
  { language: "python", kind: "values at the bridge" },
  [
    {
      name: "an argument that is a str only by name",
      code: `
        class Text(str):
            def __str__(self):
                raise RuntimeError("no")
            __repr__ = __format__ = encode = __iter__ = __len__ = __str__
        echo(Text("heard"))`,
      ends: "anyhow",
    },
    {
      name: "an argument that is a dict only by name",
      code: `
        class Map(dict):
            def items(self):
                while True:
                    yield ("a", 1)
            keys = values = __iter__ = items
        echo(Map(a=1))`,
      ends: "error",
    },
    {
      name: "an argument that is a number only by name",
      code: `
        class Number(int):
            def __repr__(self):
                return '1, "type": "ended"'
            __str__ = __repr__
        class Float(float):
            def __repr__(self):
                return "}" * 100
        echo([Number(1), Float(1)])`,
      ends: "anyhow",
    },
    {
      name: "an argument that claims another class",
      code: `
        class Liar:
            __class__ = dict
            def __getattribute__(self, name):
                raise RuntimeError("no")
            def __eq__(self, other):
                raise RuntimeError("no")
            __hash__ = None
        echo(Liar())`,
      ends: exception,
    },
    {
      name: "an argument that is a cycle",
      code: `
        a = []
        a.append(a)
        echo(a)`,
      ends: "error",
    },
    {
      name: "an argument that is too deep",
      code: "a = []\nfor _ in range(100000):\n    a = [a]\necho(a)",
      ends: "error",
    },
    {
      name: "an argument that JSON does not know",
      code: "echo({1, 2}, b'x', object(), lambda: 1, 1j, float('nan'), {(1, 2): 3})",
      ends: "anyhow",
    },
    { name: "an argument of a huge number", code: "echo(10 ** 100000)", ends: "anyhow" },
    { name: "an argument with half a character", code: "echo('\\ud800' + '\\udfff')", ends: "anyhow" },
    {
      name: "names of arguments that mean something elsewhere",
      code: `echo(**{"__proto__": 1, "constructor": 2, "self": 3, "name": 4})`,
      ends: "anyhow",
    },
    {
      name: "a value whose text never ends",
      code: `
        class Endless:
            def __repr__(self):
                while True:
                    pass
            __str__ = __repr__
        Endless()`,
      ends: timeout,
    },
    {
      name: "a value whose text is huge",
      code: `
        class Huge:
            def __repr__(self):
                return "x" * 50_000_000
            __str__ = __repr__
        Huge()`,
      ends: "error",
    },
    {
      name: "a value whose text is no text",
      code: `
        class Wrong:
            def __repr__(self):
                return 1
            __str__ = __repr__
            def __getattr__(self, name):
                raise SystemExit(name)
        Wrong()`,
      ends: "anyhow",
    },
    {
      name: "a value that comes back when it is thrown away",
      code: `
        class Ghost:
            def __del__(self):
                global ghost
                ghost = self
                raise RuntimeError("not yet")
        Ghost()
        "gone"`,
      ends: { value: "gone" },
    },
    {
      name: "a value that never lets itself be thrown away",
      code: `
        class Ghost:
            def __del__(self):
                while True:
                    pass
        Ghost()
        "gone"`,
      ends: timeout,
    },
    {
      name: "an error whose message throws",
      code: `
        class Evil(Exception):
            def __str__(self):
                raise Evil()
            __repr__ = __str__
            @property
            def args(self):
                raise Evil()
        raise Evil()`,
      ends: "error",
    },
    {
      name: "an error whose message never ends",
      code: `
        class Evil(Exception):
            def __str__(self):
                while True:
                    pass
        raise Evil()`,
      ends: timeout,
    },
    {
      name: "an error whose class has no name to speak of",
      code: `raise type("x y\\n" * 100000, (Exception,), {"__module__": 5})("x")`,
      ends: "error",
    },
    {
      name: "errors in a circle",
      code: `
        a, b = ValueError("a"), ValueError("b")
        a.__context__, b.__context__ = b, a
        a.__cause__, b.__cause__ = b, a
        raise a`,
      ends: exception,
    },
    {
      name: "errors in errors in errors",
      code: `
        error = ValueError("x")
        for _ in range(100000):
            error = ExceptionGroup("x", [error])
        raise error`,
      ends: "error",
    },
    {
      name: "a syntax error that it makes up",
      code: `raise SyntaxError("x" * 1000000, ("/etc/passwd", "one", -1, b"text", 2 ** 70, None))`,
      ends: "error",
    },
    { name: "an exit that is raised", code: "raise SystemExit(0)", ends: "anyhow" },
    { name: "an interrupt that is raised", code: "raise KeyboardInterrupt()", ends: "error" },
    { name: "an end of a generator that is raised", code: "raise GeneratorExit()", ends: "error" },
    {
      name: "an end like that of a final answer, made up by hand",
      code: `
        import gc
        kinds = [one for one in BaseException.__subclasses__() + Exception.__subclasses__() if "nswer" in one.__name__]
        raise (kinds[0] if kinds else ValueError)("out")`,
      ends: "anyhow",
    },
    { name: "an argument of a million empty lists", code: "echo([[]] * 1_000_000)", ends: "error" },
    {
      name: "a value of half a million members",
      code: "{str(n): 1 for n in range(500_000)}",
      ends: "error",
    },
    {
      name: "large arguments of many parts, all at once",
      code: `
        import asyncio
        numbers = list(range(500_000))
        await asyncio.gather(*[echo.aio(numbers) for _ in range(8)], return_exceptions=True)`,
      ends: "anyhow",
    },
    {
      name: "two final answers",
      code: "try:\n    final_answer('first')\nexcept BaseException:\n    pass\nfinal_answer('second')",
      ends: { answer: "first" },
    },
    {
      name: "a final answer in a loop that catches it",
      code: "while True:\n    try:\n        final_answer(1)\n    except BaseException:\n        pass",
      ends: { answer: 1 },
    },
    {
      name: "a final answer in a thread of its own",
      code: `
        import threading
        thread = threading.Thread(target=lambda: final_answer("from a thread"))
        thread.start()
        thread.join()
        "main"`,
      ends: "anyhow",
    },
  ],
);
