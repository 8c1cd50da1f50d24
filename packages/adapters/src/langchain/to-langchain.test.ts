import { MediaRef, tool, type Tool, type ToolContext } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { toLangchain, toolFromLangchain } from "./index.ts";

const png = MediaRef.fromBytes(new Uint8Array([137, 80, 78, 71]), { mediaType: "image/png" });
const wav = MediaRef.fromBytes(new Uint8Array([82, 73]), { mediaType: "audio/wav" });

function declarationOf({ name, description, inputSchema, outputSchema, annotations }: Tool) {
  return { name, description, inputSchema, outputSchema, annotations };
}

function answering(result: unknown): Tool {
  return tool({ name: "answer", description: "Answers.", execute: () => result });
}

/** What LangChain's models and programs get of a result. */
async function answered(result: unknown): Promise<{ content: unknown; artifact: unknown }> {
  const made = await toLangchain(answering(result));
  const { content, artifact } = await made.invoke({ type: "tool_call", id: "1", name: "answer", args: {} });
  return { content, artifact };
}

describe("a tool for LangChain", () => {
  it.each<[string, Tool]>([
    ["without arguments", answering("")],
    [
      "with all that can be declared",
      tool({
        name: "weather",
        description: "Tells the weather.\nOf any city.",
        input: {
          type: "object",
          properties: {
            zip: { type: "string", pattern: "^\\d{4}$", description: "Zip code." },
            at: { type: "string", format: "date-time", "x-ts": "Date" },
            pair: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false },
            tree: { $ref: "#/$defs/tree" },
            more: { type: ["string", "null"], default: null },
          },
          required: ["zip"],
          additionalProperties: false,
          dependentRequired: { at: ["zip"] },
          unevaluatedProperties: false,
          $defs: { tree: { type: "array", items: { $ref: "#/$defs/tree" }, minContains: 0, contains: true } },
        },
        output: { type: "object", properties: { degrees: { type: "number" } }, required: ["degrees"] },
        annotations: { title: "Weather", readOnlyHint: true, destructiveHint: false },
        execute: () => ({ degrees: 20 }),
      }),
    ],
    [
      "with an output schema that allows anything",
      tool({ name: "any", description: "Any.", output: true, execute: () => 1 }),
    ],
  ])("%s comes back with the same declaration", async (_name, original) => {
    const back = await toolFromLangchain(await toLangchain(original));
    expect(declarationOf(back)).toEqual(declarationOf(original));
    expect(Object.keys(back.inputSchema.properties ?? {})).toEqual(Object.keys(original.inputSchema.properties ?? {}));
  });

  it.each<[string, unknown, unknown]>([
    ["a text", "sunny", "sunny"],
    ["an object", { degrees: 20 }, '{"degrees":20}'],
    ["nothing", undefined, "null"],
    ["an image", png, [{ type: "image_url", image_url: { url: "data:image/png;base64,iVBORw==" } }]],
    [
      "an image elsewhere",
      MediaRef.fromUrl("https://example.org/a.png", { mediaType: "image/png" }),
      [{ type: "image_url", image_url: { url: "https://example.org/a.png" } }],
    ],
    [
      "texts and media",
      ["listen", wav],
      [
        { type: "text", text: "listen" },
        { type: "audio", source_type: "base64", mime_type: "audio/wav", data: "Ukk=" },
      ],
    ],
    [
      "media in an object",
      { chart: png, note: "up" },
      [
        { type: "text", text: '{"chart":{"kind":"image","mediaType":"image/png","size":4},"note":"up"}' },
        { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw==" } },
      ],
    ],
  ])("shows the model %s, and keeps the result as the artifact", async (_name, result, content) => {
    expect(await answered(result)).toEqual({ content, artifact: result ?? null });
  });

  it("gives the same result there and back, media included", async () => {
    const back = await toolFromLangchain(await toLangchain(answering({ chart: png })), { result: "artifact" });
    expect(await back.call({})).toEqual({ chart: png });
  });

  it("gets the signal, the id of the call and the context", async () => {
    let seen: ToolContext = {};
    const made = await toLangchain(
      tool({
        name: "look",
        description: "Looks.",
        execute: (_input, context) => {
          seen = context;
        },
      }),
    );
    const { signal } = new AbortController();
    await made.invoke(
      { type: "tool_call", id: "call_1", name: "look", args: {} },
      { signal, context: { user: "ann" } },
    );
    expect(seen).toEqual({ signal, toolCallId: "call_1", context: { user: "ann" } });
  });

  it("fails with what the tool says", async () => {
    const made = await toLangchain(
      tool({
        name: "dry",
        description: "Fails.",
        execute: () => {
          throw new Error("the well is dry");
        },
      }),
    );
    await expect(made.invoke({})).rejects.toThrow("dry failed: the well is dry");
  });
});
