import type { JsonObject, JsonSchemaObject, ObjectSchema } from "../../schema/json-schema.ts";
import { toolNameProblem } from "../../tool/tool-name.ts";
import { checkDeclaration } from "../../tool/tool.ts";
import { expect, expectEqual } from "../sandbox-case.ts";
import { expectWithin } from "./expect-within.ts";
import { type SourceCase, sourceCase, toolCase } from "./source-case.ts";
import { fixture, recording } from "./source-fixture.ts";

const input: ObjectSchema = {
  type: "object",
  properties: {
    city: { type: "string", description: "Name of the city.", minLength: 1 },
    unit: { type: "string", enum: ["celsius", "kelvin"], description: "Unit of the answer." },
    days: { type: "integer", minimum: 1, maximum: 14, description: "How many days." },
    height: { type: "number", description: "Height in metres." },
    exact: { type: "boolean", description: "No rounding." },
    tags: { type: "array", items: { type: "string" }, maxItems: 3 },
    place: {
      type: "object",
      properties: { lat: { type: "number" }, lon: { type: "number" } },
      required: ["lat", "lon"],
    },
  },
  required: ["city", "unit"],
};

const output: JsonSchemaObject = {
  type: "object",
  properties: { degrees: { type: "number", description: "In the unit." }, sky: { type: "string" } },
  required: ["degrees"],
};

/** What a source's tools declare. */
export const declarationCases: readonly SourceCase[] = [
  sourceCase(
    "offers all tools, each with its name and description",
    [
      fixture({ name: "get_weather", description: "Tells the weather.\nFor any city." }),
      fixture({ name: "add", description: "Adds numbers." }),
      fixture({ name: "_private", description: "Starts with a line." }),
    ],
    (tools) => {
      const declared: JsonObject = Object.fromEntries(tools.map(({ name, description }) => [name, description]));
      expectWithin(declared, { get_weather: "Tells the weather.\nFor any city.", add: "Adds numbers." }, "the tools");
      expectEqual(Object.keys(declared).sort(), ["_private", "add", "get_weather"], "their names");
    },
  ),
  toolCase("keeps the schema of the input", () => ({
    tool: fixture({ inputSchema: input }),
    check: ({ inputSchema }) => expectWithin(inputSchema, input, "inputSchema"),
  })),
  toolCase("keeps the arguments in their order, and adds none", () => ({
    tool: fixture({ inputSchema: input }),
    check: ({ inputSchema }) =>
      expectEqual(Object.keys(inputSchema.properties ?? {}), Object.keys(input.properties ?? {}), "arguments"),
  })),
  toolCase("requires no argument that the tool does not require", () => ({
    tool: fixture({ inputSchema: input }),
    check: ({ inputSchema }) =>
      expectEqual([...(inputSchema.required ?? [])].sort(), input.required, "required arguments"),
  })),
  toolCase("keeps the schema of the output", () => ({
    tool: fixture({ outputSchema: output, execute: () => ({ degrees: 20 }) }),
    check: ({ outputSchema }) => expectWithin(outputSchema, output, "outputSchema"),
  })),
  toolCase("says where the tool came from", () => ({
    tool: fixture({}),
    check: ({ origin }) => expect(origin !== undefined, "the tool has no origin"),
  })),
  toolCase("declares a tool that nobody described in a way that can be used", () => ({
    tool: fixture({ name: "undescribed", description: "" }),
    check: (tool) => checkDeclaration(tool),
  })),
  ...["get-weather now", "9lives", "class", "wetter_für_köln", "x".repeat(100)].map((name) =>
    toolCase(`gives the tool ${JSON.stringify(name.slice(0, 20))} a name that it can have, and calls it`, () => {
      const { inputs, tool: recorded } = recording({ name });
      return {
        tool: recorded,
        check: async (tool) => {
          expectEqual(toolNameProblem(tool.name), undefined, "what is wrong with the name");
          expectEqual(tool.annotations?.title, name, "annotations.title");
          await tool.call({});
          expectEqual(inputs.length, 1, "calls");
        },
      };
    }),
  ),
  {
    name: "calls nothing when it lists its tools, and lists the same again",
    run: async ({ offer }) => {
      const { inputs, tool } = recording({ inputSchema: input });
      await using source = await offer([tool]);
      const listings = [await source.tools(), await source.tools()];
      expectEqual(inputs.length, 0, "calls");
      const [first, second] = listings.map((tools) =>
        tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
      );
      expectEqual(second, first, "the second listing");
    },
  },
];
