import { asSchema, type ToolSet } from "ai";
import { MediaRef, tool, type Tool, type ToolContext } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { toAiSdk, toolsFromAiSdk } from "./index.ts";

const png = MediaRef.fromBytes(new Uint8Array([137, 80, 78, 71]), { mediaType: "image/png", name: "dot.png" });

function declarationOf({ name, description, inputSchema, outputSchema, annotations }: Tool) {
  return { name, description, inputSchema, outputSchema, annotations };
}

const rich = tool({
  name: "weather",
  description: "Tells the weather.\nOf any city.",
  input: {
    type: "object",
    properties: {
      zip: { type: "string", pattern: "^\\d{4}$", description: "Zip code." },
      at: { type: "string", format: "date-time", "x-ts": "Date" },
      pair: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false },
      tree: { $ref: "#/$defs/tree" },
    },
    required: ["zip"],
    dependentRequired: { at: ["zip"] },
    unevaluatedProperties: false,
    $defs: { tree: { type: "array", items: { $ref: "#/$defs/tree" } } },
  },
  output: { type: "array", prefixItems: [{ type: "number" }], minContains: 0, contains: true },
  annotations: { title: "Weather", readOnlyHint: true },
  execute: () => [20],
});

function answering(result: unknown): Tool {
  return tool({ name: "answer", description: "Answers.", execute: () => result });
}

describe("a tool for the AI SDK", () => {
  it.each([
    ["without arguments", answering("")],
    ["with all that can be declared", rich],
    [
      "with an output schema that allows anything",
      tool({ name: "any", description: "Any.", output: true, execute: () => 1 }),
    ],
  ])("%s comes back with the same declaration", async (_name, original) => {
    const [back] = await toolsFromAiSdk(toAiSdk([original]));
    expect(back && declarationOf(back)).toEqual(declarationOf(original));
    expect(Object.keys(back?.inputSchema.properties ?? {})).toEqual(Object.keys(original.inputSchema.properties ?? {}));
  });

  it("has schemas that the AI SDK takes for its own, in draft 7", async () => {
    const toolSet: ToolSet = toAiSdk([rich]);
    const schema = asSchema(toolSet["weather"]?.inputSchema);
    expect(schema).toBe(toolSet["weather"]?.inputSchema);
    expect(await schema.jsonSchema).toMatchObject({
      properties: { pair: { items: [{ type: "string" }, { type: "number" }], additionalItems: false } },
      dependencies: { at: ["zip"] },
    });
    expect(await schema.validate?.({ zip: "3000" })).toEqual({ success: true, value: { zip: "3000" } });
    expect(await schema.validate?.({ zip: 3000 })).toMatchObject({
      success: false,
      error: { message: expect.stringContaining("zip") },
    });
  });

  it.each<[string, unknown, unknown]>([
    ["a text", "sunny", { type: "text", value: "sunny" }],
    ["an object", { degrees: 20 }, { type: "json", value: { degrees: 20 } }],
    ["nothing", undefined, { type: "json", value: null }],
    [
      "an image",
      png,
      {
        type: "content",
        value: [{ type: "file-data", mediaType: "image/png", data: "iVBORw==", filename: "dot.png" }],
      },
    ],
    [
      "a text and an image elsewhere",
      ["look", MediaRef.fromUrl("https://example.org/a.png", { mediaType: "image/png" })],
      {
        type: "content",
        value: [
          { type: "text", text: "look" },
          { type: "file-url", url: "https://example.org/a.png", mediaType: "image/png" },
        ],
      },
    ],
    [
      "an image in an object",
      { chart: png },
      {
        type: "content",
        value: [
          { type: "text", text: '{"chart":{"kind":"image","mediaType":"image/png","name":"dot.png","size":4}}' },
          { type: "file-data", mediaType: "image/png", data: "iVBORw==", filename: "dot.png" },
        ],
      },
    ],
  ])("shows the model %s, and gives the program the result", async (_name, result, shown) => {
    const { answer } = toAiSdk([answering(result)]);
    const output = await answer?.execute({}, { toolCallId: "1" });
    expect(output).toEqual(result ?? null);
    expect(answer?.toModelOutput({ output })).toEqual(shown);
  });

  it("gets the signal, the id of the call and the context", async () => {
    let seen: ToolContext = {};
    const { look } = toAiSdk([
      tool({
        name: "look",
        description: "Looks.",
        execute: (_input, context) => {
          seen = context;
        },
      }),
    ]);
    const { signal } = new AbortController();
    await look?.execute({}, { toolCallId: "call_1", abortSignal: signal, context: { user: "ann" } });
    expect(seen).toEqual({ signal, toolCallId: "call_1", context: { user: "ann" } });
  });
});
