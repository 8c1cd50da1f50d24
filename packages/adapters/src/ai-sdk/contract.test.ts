import { isMediaRef, type MediaRef, type ToolSource, type ToolSourceError } from "@smoltools/core";
import { type SourceFixture, testToolSource } from "@smoltools/core/testing";
import { dynamicTool, jsonSchema } from "ai";
import { describe, it } from "vitest";
import { type AiSdkTool, toolsFromAiSdk } from "./index.ts";

interface AiSdkSource extends ToolSource {
  refused: ToolSourceError[];
}

/** A fixture as somebody would write it for the AI SDK. */
type Present = (fixture: SourceFixture) => AiSdkTool;

const withPromise: Present = ({ description, inputSchema, outputSchema, execute }) => ({
  ...dynamicTool({
    description,
    inputSchema: jsonSchema(inputSchema as object),
    execute: async (input, { abortSignal = new AbortController().signal }) => execute(input, { signal: abortSignal }),
    toModelOutput: ({ output }) => shown(output),
  }),
  ...(outputSchema !== undefined && { outputSchema: jsonSchema(outputSchema as object) }),
});

const withGenerator: Present = (fixture) => ({
  ...withPromise(fixture),
  // Lazy, as the tools of the AI SDK's providers have them.
  inputSchema: () => jsonSchema(Promise.resolve(fixture.inputSchema as object)),
  execute: async function* (
    input: unknown,
    { abortSignal = new AbortController().signal }: { abortSignal?: AbortSignal },
  ) {
    yield "preliminary";
    yield await fixture.execute(input, { signal: abortSignal });
  },
});

function shown(output: unknown) {
  const parts: unknown[] = Array.isArray(output) ? output : [output];
  if (!parts.some(isMediaRef)) return { type: "json" as const, value: JSON.parse(JSON.stringify(output ?? null)) };
  return { type: "content" as const, value: parts.map((part) => (isMediaRef(part) ? file(part) : text(part))) };
}

function file(media: MediaRef) {
  const data = { type: "data" as const, data: media.toBase64() ?? "" };
  return { type: "file" as const, data, mediaType: media.mediaType };
}

function text(part: unknown) {
  return { type: "text" as const, text: String(part) };
}

async function offer(fixtures: readonly SourceFixture[], present: Present): Promise<AiSdkSource> {
  const refused: ToolSourceError[] = [];
  const toolSet = Object.fromEntries(fixtures.map((fixture) => [fixture.name, present(fixture)]));
  const tools = await toolsFromAiSdk(toolSet, { onUnusable: (error) => refused.push(error) });
  return { refused, tools: async () => tools, [Symbol.asyncDispose]: async () => {} };
}

describe.each([
  ["a promise", withPromise],
  ["a generator", withGenerator],
])("tools of the AI SDK that return %s", (_name, present) => {
  testToolSource({
    offer: (fixtures) => offer(fixtures, present),
    refusals: ({ refused }) => refused,
    test: it,
    hasConnection: false,
    skip: [{ test: "refuses two tools of one name", reason: "a tool set has each key once" }],
  });
});
