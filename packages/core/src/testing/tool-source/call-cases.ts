import type { JsonSchemaObject, ObjectSchema } from "../../schema/json-schema.ts";
import { codeOf, expect, expectEqual, rejection } from "../sandbox-case.ts";
import { type SourceCase, toolCase } from "./source-case.ts";
import { fixture, recording } from "./source-fixture.ts";

const mixed: ObjectSchema = {
  type: "object",
  properties: {
    text: { type: "string" },
    count: { type: "integer" },
    size: { type: "number" },
    on: { type: "boolean" },
    nothing: { type: "null" },
    list: { type: "array", items: { type: "array", items: { type: "integer" } } },
    free: { type: "object", additionalProperties: true },
    choice: { type: "string", enum: ["a", "b"] },
  },
  required: ["text"],
};

const node: JsonSchemaObject = {
  type: "object",
  properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/node" } } },
  required: ["name"],
};

const tree: ObjectSchema = {
  type: "object",
  properties: { root: { $ref: "#/$defs/node" } },
  required: ["root"],
  $defs: { node },
};

/** What reaches the functions, and what does not. */
export const callCases: readonly SourceCase[] = [
  ...[
    { text: "" },
    { text: 'ä 😀 \u2028 "quoted" \\ \n\t </script> %41 &amp; \' ${x}' },
    { text: "x", count: 0, size: -1.5e-7, on: false, nothing: null, list: [[], [1, 2], [3]] },
    { text: "x", count: Number.MAX_SAFE_INTEGER, size: 1e21, on: true, choice: "b" },
    { text: "x", free: { constructor: "c", toString: null, deep: { deeper: [{ deepest: [] }] }, "a.b[0]": 1 } },
  ].map((input) =>
    toolCase(`gives the function ${JSON.stringify(input).slice(0, 60)} as it was given`, () => {
      const { inputs, tool: recorded } = recording({ inputSchema: mixed });
      return {
        tool: recorded,
        check: async (tool) => {
          await tool.call(input);
          expectEqual(inputs, [input], "the inputs of the function");
        },
      };
    }),
  ),
  ...[
    ["without a required argument", {}],
    ["with an argument of another type", { text: 7 }],
    ["with a number that is no integer", { text: "x", count: 1.5 }],
    ["with a value that is not in the enum", { text: "x", choice: "c" }],
    ["with a wrong item in a list", { text: "x", list: [[1], ["2"]] }],
    ["that is no object", "text"],
  ].map(([what, input]) => wrongInput(`a call ${String(what)}`, mixed, input)),
  toolCase("gives the function a tree, whose schema refers to itself", () => {
    const { inputs, tool: recorded } = recording({ inputSchema: tree });
    const input = { root: { name: "a", children: [{ name: "b", children: [] }, { name: "c" }] } };
    return {
      tool: recorded,
      check: async (tool) => {
        await tool.call(input);
        expectEqual(inputs, [input], "the inputs of the function");
      },
    };
  }),
  wrongInput("a tree with a wrong leaf", tree, { root: { name: "a", children: [{ name: "b", children: [{}] }] } }),
  toolCase("calls a tool without arguments", () => {
    const { inputs, tool: recorded } = recording();
    return {
      tool: recorded,
      check: async (tool) => {
        expectEqual(await tool.call({}), "said", "the result");
        expectEqual(inputs, [{}], "the inputs of the function");
      },
    };
  }),
  toolCase("gives back a text as it is", () => {
    const text = `{"looks": "like JSON"} ä 😀 \n`;
    return { tool: fixture({ execute: () => text }), check: async (tool) => expectText(await tool.call({}), text) };
  }),
  toolCase("gives back a text of a million characters whole", () => {
    const text = "0123456789".repeat(100_000);
    return { tool: fixture({ execute: () => text }), check: async (tool) => expectText(await tool.call({}), text) };
  }),
  toolCase("gives back a result that has a schema as a value", () => {
    const value = { degrees: -3.5, days: [{ name: "Monday", dry: true }], note: null };
    return {
      tool: fixture({
        outputSchema: {
          type: "object",
          properties: {
            degrees: { type: "number" },
            days: { type: "array", items: { type: "object", properties: { name: { type: "string" } } } },
          },
          required: ["degrees"],
        },
        execute: () => value,
      }),
      check: async (tool) => expectEqual(await tool.call({}), value, "the result"),
    };
  }),
  toolCase("does not give back a result that its schema does not allow", () => ({
    tool: fixture({
      outputSchema: { type: "object", properties: { degrees: { type: "number" } }, required: ["degrees"] },
      execute: () => ({ degrees: "many" }),
    }),
    check: async (tool) => {
      await rejection(tool.call({}));
    },
  })),
];

function wrongInput(what: string, inputSchema: ObjectSchema, input: unknown): SourceCase {
  return toolCase(`does not let ${what} reach the function`, () => {
    const { inputs, tool: recorded } = recording({ inputSchema });
    return {
      tool: recorded,
      check: async (tool) => {
        expectEqual(codeOf(await rejection(tool.call(input))), "TOOL_INPUT_INVALID", "code of the error");
        expectEqual(inputs.length, 0, "calls");
      },
    };
  });
}

function expectText(actual: unknown, text: string): void {
  expect(actual === text, `the result is not the text: ${JSON.stringify(actual)?.slice(0, 200)}`);
}
