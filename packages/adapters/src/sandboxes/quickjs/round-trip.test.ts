import fc from "fast-check";
import type { Sandbox } from "@smoltools/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseJson } from "../engine/parse-json.ts";
import { quickjs } from "./index.ts";

let sandbox: Sandbox;
let received: unknown[] = [];
let answer: unknown;

beforeAll(async () => {
  sandbox = await quickjs().create({
    functions: {
      echo: ([value]) => value,
      receive: (args) => {
        received = args;
      },
      give: () => answer,
    },
  });
});

afterAll(async () => {
  await sandbox.dispose();
});

/** JSON values with lone surrogates, `__proto__` keys and whatever else a text may hold. */
const anyValues = fc.jsonValue({ maxDepth: 5, stringUnit: "binary" });

/** Those that come back as they were: members named `__proto__` do not reach the host, and JSON has no -0. */
const values = anyValues.map((value) => parseJson(JSON.stringify(value)));

test("every JSON value survives a call and its answer", async () => {
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      const result = await sandbox.run("await echo(input)", { variables: { input: value } });
      expect(result.value).toStrictEqual(value);
    }),
    { numRuns: 200 },
  );
});

test("every answer of the host is what the code gets", async () => {
  await fc.assert(
    fc.asyncProperty(anyValues, async (value) => {
      answer = value;
      const { value: json } = await sandbox.run("JSON.stringify(await give())");
      expect(json).toBe(JSON.stringify(value));
    }),
  );
});

test("arguments keep their places, whichever of them are undefined", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(values, { nil: undefined }), { maxLength: 6 }), async (args) => {
      const code = `await receive(${args.map((arg, index) => (arg === undefined ? "undefined" : `arg${index}`)).join(", ")})`;
      const variables = Object.fromEntries(args.map((arg, index) => [`arg${index}`, arg]));
      const { error } = await sandbox.run(code, { variables });
      expect(error).toBeUndefined();
      expect(received).toStrictEqual(args);
    }),
  );
});

test("every text survives the console", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
      const { output } = await sandbox.run("console.log(text)", { variables: { text } });
      expect(output).toBe(text);
    }),
  );
});
