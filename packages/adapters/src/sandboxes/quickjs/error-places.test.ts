import type { RunError, Sandbox } from "@smoltools/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quickjs } from "./index.ts";

let sandbox: Sandbox;

const tool = `export function broken() {
  return null.x;
}
export async function brokenLater() {
  await 0;
  return null.x;
}
export function refuse() {
  throw new RangeError("not that city");
}
export const call = () => fail();
`;

beforeAll(async () => {
  sandbox = await quickjs().create({
    functions: {
      fail: () => {
        throw new Error("host says no");
      },
    },
    modules: { "lib/tool@1": tool, unparsable: "\nexport const = 1", throwing: "\n\nnull.x" },
  });
  await sandbox.run(`const tool = await import("lib/tool@1");
function early() {
  return null.x;
}
async function earlyLater() {
  await 0;
  throw new RangeError("not yet");
}
const arrow = () => {
  throw new Error("no");
};`);
});

afterAll(async () => {
  await sandbox.dispose();
});

async function errorOf(code: string): Promise<RunError | undefined> {
  return (await sandbox.run(code)).error;
}

describe("an error says where it comes from when it was thrown in", () => {
  test.each<[where: string, code: string, message: string, line: number | undefined]>([
    ["a function of an earlier run", "\nearly()", "… (thrown in early, line 3 of an earlier run)", 2],
    ["an arrow function of one", "1;\n arrow()", "no (thrown in arrow, line 10 of an earlier run)", 2],
    [
      "an async function of one, after it has waited",
      "\nawait earlyLater()",
      "not yet (thrown in earlyLater, line 7 of an earlier run)",
      undefined,
    ],
    ["a module", "\n\ntool.broken()", '… (thrown in the module "lib/tool@1", line 2)', 3],
    [
      "a module, after it has waited",
      "await tool.brokenLater()",
      '… (thrown in the module "lib/tool@1", line 6)',
      undefined,
    ],
    [
      "a module while it is loaded",
      'await import("throwing")',
      '… (thrown in the module "throwing", line 3)',
      undefined,
    ],
    [
      "a module that does not parse",
      'await import("unparsable")',
      'variable name expected (thrown in the module "unparsable", line 2)',
      undefined,
    ],
  ])("%s", async (_where, code, message, line) => {
    const error = await errorOf(code);
    const told = error?.message.replace("cannot read property 'x' of null", "…");
    expect([told, error?.line]).toEqual([message, line]);
  });
});

describe("an error has nothing added when it was thrown in", () => {
  test.each<[where: string, code: string, message: string, line: number]>([
    ["the run itself", "\nthrow new Error('no')", "no", 2],
    ["a function of the run", "function f() {\n  throw new Error('no');\n}\nf()", "no", 2],
    ["a function of the host", "\nawait fail()", "host says no", 2],
    ["a function of the host that a module called", "\nawait tool.call()", "host says no", 2],
    ["a module on purpose", "\ntool.refuse()", "not that city", 2],
    ["code made at run time", "\neval('null.x')", "cannot read property 'x' of null", 2],
    ["a built-in", "\nJSON.parse('{')", "expecting property name", 2],
  ])("%s", async (_where, code, message, line) => {
    const error = await errorOf(code);
    expect([error?.message, error?.line]).toEqual([message, line]);
  });
});

test("an error that knows no place in the run has none", async () => {
  const error = await errorOf("1;\n2;\nawait import('nothing')");
  expect([error?.line, error?.column]).toEqual([undefined, undefined]);
});

test.each([3998, 3999, 4000])("a long message is cut between characters, at %i and an emoji", async (length) => {
  const error = await errorOf(`throw new Error("x".repeat(${length}) + "😀😀")`);
  expect(error?.message.isWellFormed()).toBe(true);
  expect(error?.message).toMatch(/^x{3998,4000}/);
});
