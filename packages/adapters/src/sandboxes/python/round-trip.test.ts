import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "../engine/parse-json.ts";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { echo, sharedSandbox } from "./test-support/code-runs.ts";

needsIsolation();

const { run } = sharedSandbox({}, { functions: { echo } });

/** JSON as it is after having been text, without -0 and members named `__proto__`. Lone surrogates are among its texts. */
const json = fc.jsonValue({ stringUnit: "binary", maxDepth: 5 }).map((value) => parseJson(JSON.stringify(value)));

test("any JSON value comes back from a variable, a call and the value of a run as it was", async () => {
  await fc.assert(
    fc.asyncProperty(json, async (given) => {
      const { value, error } = await run("[given, echo(given)[0]]", { variables: { given } });
      expect(error).toBeUndefined();
      expect(value).toEqual([given, given]);
    }),
    { numRuns: 300 },
  );
});

test("any text comes back, as it is printed and as a literal", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
      const { value, output } = await run("print(text)\ntext", { variables: { text } });
      expect(value).toBe(text);
      expect(output).toBe(text);
    }),
    { numRuns: 100 },
  );
});

test("whatever the code is, a run comes to an end and the next one works", async () => {
  const words = [
    "x",
    "=",
    "1",
    "(",
    ")",
    "[",
    "]",
    ":",
    "\n",
    "  ",
    "def f",
    "return",
    "await",
    "echo",
    "'",
    "#",
    "\\",
    "\0",
    "é",
    "lambda",
    "yield",
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 20 }), async (parts) => {
      await run(parts.join(" "));
      expect((await run("6 * 7")).value).toBe(42);
    }),
    { numRuns: 200 },
  );
});
