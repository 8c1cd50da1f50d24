import type { HostFunction, SandboxOptions } from "../../sandbox/sandbox.ts";
import { expectEqual, expectError, expectValue, only, runCase, type SandboxCase, valueCase } from "../sandbox-case.ts";

const echo: SandboxOptions = { functions: { echo: (args) => args } };

const search: SandboxOptions = {
  functions: {
    search: Object.assign<HostFunction, Pick<HostFunction, "parameters">>(
      (args) => Array.from(args, (arg) => (arg === undefined ? "undefined" : arg)),
      { parameters: ["query", "limit", "language"] },
    ),
  },
};

/** A case in which code calls `echo` or `search` in a way that cannot be. */
function badCallCase(name: string, program: string, options: SandboxOptions): SandboxCase {
  return runCase(
    name,
    program,
    (result) => {
      expectError(result, "SANDBOX_EXCEPTION", /echo|search/);
      expectEqual(result.error?.name, "TypeError", "name");
    },
    options,
  );
}

/** How arguments and results cross. */
export const argumentCases: readonly SandboxCase[] = [
  valueCase(
    "passes large texts in both directions",
    {
      javascript: "const text = 'é'.repeat(500_000);\n(await echo(text))[0] === text",
      python: "text = 'é' * 500_000\necho(text)[0] == text",
    },
    true,
    echo,
  ),
  ...only({ language: "javascript" }, [
    runCase(
      "keeps arguments that are undefined",
      "await shape('a', undefined, 'b')",
      (result) => expectValue(result, ["string", "undefined", "string"]),
      { functions: { shape: (args) => Array.from(args, (arg) => typeof arg) } },
    ),
    valueCase("passes dates as ISO text", "(await echo(new Date(0)))[0]", "1970-01-01T00:00:00.000Z", echo),
    valueCase(
      "does not let results pollute prototypes",
      "const r = await hostile(); Object.assign({}, r); [{}.polluted ?? 'clean', [].polluted ?? 'clean']",
      ["clean", "clean"],
      {
        functions: {
          hostile: () =>
            JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as unknown,
        },
      },
    ),
  ]),
  ...only({ language: "python" }, [
    valueCase(
      "passes arguments by name as one object",
      "echo(city='Ulm', days=[1])",
      [{ city: "Ulm", days: [1] }],
      echo,
    ),
    badCallCase("refuses arguments by position and by name where the order is not known", "echo('Ulm', days=1)", echo),
    valueCase(
      "puts arguments by name into the order that the host has told",
      "[search('x', language='de'), search(limit=1, query='x')]",
      [
        ["x", "undefined", "de"],
        ["x", 1],
      ],
      search,
    ),
    badCallCase(
      "refuses arguments of names that the function of the host does not have",
      "search('x', site='y')",
      search,
    ),
    badCallCase("refuses an argument that is given by position and by name", "search('x', query='y')", search),
    badCallCase("refuses more arguments than the function of the host has", "search(1, 2, 3, 4)", search),
    valueCase("passes dates as ISO text", "import datetime\necho(datetime.date(1970, 1, 1))[0]", "1970-01-01", echo),
    valueCase(
      "gives results the types of Python",
      "[type(item).__name__ for item in mixed()]",
      ["int", "float", "bool", "NoneType", "str", "list", "dict"],
      { functions: { mixed: () => [1, 1.5, true, null, "a", [], {}] } },
    ),
  ]),
];
