import { renderDeclarations, type ToolDeclaration } from "@smoltools/core";
import { describe, expect, test } from "vitest";
import { codesOf, patient } from "./test-support/check-steps.ts";
import { typeCheck } from "./index.ts";

type Schema = ToolDeclaration["inputSchema"];

const object = (properties: Schema["properties"], required: string[] = []): Schema => ({
  type: "object",
  ...(properties && { properties }),
  required,
  additionalProperties: false,
});

const text = { type: "string" } as const;
const number = { type: "number" } as const;

const tools: readonly ToolDeclaration[] = [
  { name: "now", description: "The time.", inputSchema: object({}), outputSchema: text },
  { name: "save", description: "Saves.", inputSchema: object({ a: text }, ["a"]), outputSchema: { type: "null" } },
  { name: "guess", description: "Gives something.", inputSchema: object({ a: text }) },
  {
    name: "find",
    description: "Takes options.",
    inputSchema: object({ options: object({ limit: number, tags: { type: "array", items: text } }) }),
    outputSchema: { type: "object", additionalProperties: number },
  },
  {
    name: "later",
    description: "Has an optional parameter in front of a required one.",
    inputSchema: object({ note: text, n: number }, ["n"]),
    outputSchema: { anyOf: [object({ ok: number }, ["ok"]), object({ error: text }, ["error"])] },
  },
  {
    name: "any_of",
    description: "Takes its input as one object.",
    inputSchema: { type: "object", anyOf: [object({ id: number }, ["id"]), object({ name: text }, ["name"])] },
    outputSchema: number,
  },
  {
    name: "odd_keys",
    description: "Takes its input as one object.",
    inputSchema: object({ "max-hits": number }, ["max-hits"]),
    outputSchema: {
      $ref: "#/$defs/Generator",
      $defs: { Generator: object({ next_one: { $ref: "#/$defs/Generator" } }) },
    },
  },
];

const declarations = `${renderDeclarations(tools)}\n\n// Ends.\nfunction finalAnswer(value: unknown): never;`;

const cases: readonly (readonly [name: string, code: string, findings: readonly string[]])[] = [
  ["a tool without input takes nothing", "(await now()).length", []],
  ["or an empty object", "(await now({})).length", []],
  ["a tool without an output gives nothing", "(await save('a')).length", ["TS2339"]],
  [
    "a tool with an unknown output gives anything",
    "const r = await guess('a'); r.a.b(r[0]); for (const x of r); await save(r)",
    [],
  ],
  ["an object that is one argument may be given as it is", "await find({ limit: 5 })", []],
  ["or under its name", "await find({ options: { limit: 5, tags: ['a'] } })", []],
  ["its properties are checked in the first form", "await find({ limit: '5' })", ["TS2345"]],
  ["and in the second", "await find({ options: { tags: [5] } })", ["TS2345"]],
  ["an object with any keys has them all", "const r = await find(); r.a.toFixed(); r['b c'].toFixed()", []],
  ["and what they hold is known", "const r = await find(); r.a.foo", ["TS2339"]],
  ["an optional parameter may be left out in front of a required one", "await later(undefined, 1)", []],
  ["and in an object", "await later({ n: 1 })", []],
  ["the required one may not", "await later('note')", ["TS2554"]],
  ["nor in an object", "await later({ note: 'a' })", ["TS2741"]],
  ["of several results, each has its properties", "const r = await later(null, 1); r.ok; r.error", []],
  ["but none has another one", "const r = await later(null, 1); r.result", ["TS2339"]],
  ["one object of several kinds may be any of them", "await any_of({ id: 1 }); await any_of({ name: 'a' })", []],
  ["but no text", "await any_of('a')", ["TS2345"]],
  ["keys that are no names are checked", "await odd_keys({ 'max-hits': '5' })", ["TS2345"]],
  ["and may be right", "await odd_keys({ 'max-hits': 5 })", []],
  [
    "a type may have a name that the language has",
    "const r = await odd_keys({ 'max-hits': 5 }); r.next_one.next_one",
    [],
  ],
  ["and is the tool's", "const r = await odd_keys({ 'max-hits': 5 }); r.next_one.next", ["TS2339"]],
];

describe("what declarations say holds:", () => {
  test.each(cases)("%s", async (_, code, findings) => {
    using check = await typeCheck(patient).open({ declarations, variables: {} });
    expect(codesOf(check.findings(code))).toEqual(findings);
  });

  const inSteps = cases.filter(([, code]) => code.startsWith("const r = "));
  test.each(inSteps)("%s, in the next step", async (_, code, findings) => {
    using check = await typeCheck(patient).open({ declarations, variables: {} });
    const [first = "", ...rest] = code.split("; ");
    check.ran(first);
    expect(codesOf(check.findings(rest.join("; ")))).toEqual(findings);
  });
});
