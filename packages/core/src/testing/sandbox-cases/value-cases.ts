import { expect, only, runCase, type SandboxCase, valueCase } from "../sandbox-case.ts";
import { source } from "../sandbox-program.ts";

/** What a run gives. */
export const valueCases: readonly SandboxCase[] = [
  valueCase("gives the value of the last expression", "1 + 2", 3),
  valueCase(
    "gives objects and lists as they are",
    { javascript: "({ a: [1, 2.5, null, true, 'x'], b: {} })", python: "{'a': (1, 2.5, None, True, 'x'), 'b': {}}" },
    { a: [1, 2.5, null, true, "x"], b: {} },
  ),
  valueCase("gives text of any characters", String.raw`"a\0b\r\n\u2028é😀"`, "a\0b\r\n\u2028é😀"),
  runCase("gives text with half a character", String.raw`"\ud800"`, ({ value, error }) =>
    expect(typeof value === "string", `the value is a ${typeof value}, the error ${error?.message}`),
  ),
  runCase("gives no value when there is none", { javascript: "const a = 1;", python: "a = 1" }, (result) => {
    expect(!("value" in result), "there is a value");
    expect(result.error === undefined, "there is an error");
  }),
  runCase(
    "gives no value for a last call that gives nothing",
    { javascript: "console.log('a')", python: "print('a')" },
    (result) => expect(!("value" in result), "there is a value"),
  ),
  runCase("gives the text of what JSON cannot hold", { javascript: "NaN", python: "float('nan')" }, ({ value }) =>
    expect(typeof value === "string" && /^nan$/i.test(value), `the value is ${String(value)}`),
  ),
  runCase(
    "gives the text of a value that contains itself",
    { javascript: "const a = [1]; a.push(a); a", python: "a = [1]\na.append(a)\na" },
    ({ value }) => expect(typeof value === "string" && value.includes("1"), `the value is a ${typeof value}`),
  ),
  valueCase(
    "awaits at the top level",
    {
      javascript: "const n = await Promise.resolve(20);\nn + 1",
      python: "import asyncio\nn = await asyncio.sleep(0, 20)\nn + 1",
    },
    21,
  ),
  ...only({ language: "javascript" }, [
    valueCase("gives the value of a top-level return", "if (true) return { a: [1, null, 'x'] };\n2", {
      a: [1, null, "x"],
    }),
    valueCase("awaits a promise that is the last expression", "Promise.resolve('late')", "late"),
    valueCase("accepts TypeScript", "interface P { n: number }\nconst p = { n: 2 } as P;\np.n satisfies number", 2),
    valueCase("gives dates as ISO text", "new Date(0)", "1970-01-01T00:00:00.000Z"),
  ]),
  ...only({ language: "python" }, [
    valueCase("gives dates as ISO text", "import datetime\ndatetime.date(1970, 1, 1)", "1970-01-01"),
    valueCase(
      "lets code run an event loop of its own",
      source`
        import asyncio

        async def main():
            return await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2))

        asyncio.run(main())
      `,
      [1, 2],
    ),
  ]),
];
