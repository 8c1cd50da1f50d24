import { DynamicStructuredTool, tool } from "@langchain/core/tools";
import { isMediaRef, type MediaRef, type Tool, type ToolSource, type ToolSourceError } from "@smoltools/core";
import { type SourceFixture, testToolSource } from "@smoltools/core/testing";
import { describe, it } from "vitest";
import { type LangChainTool, toolsFromLangchain } from "./index.ts";

interface LangchainSource extends ToolSource {
  refused: ToolSourceError[];
}

/** A fixture as somebody would write it for LangChain. */
type Present = (fixture: SourceFixture) => LangChainTool;

const withTool: Present = ({ name, description, inputSchema, outputSchema, execute }) =>
  tool((input, config) => presented(execute(input, { signal: config.signal ?? new AbortController().signal })), {
    name,
    description,
    schema: inputSchema as { type: "object" },
    ...(outputSchema !== undefined && { metadata: { outputSchema } }),
  });

const withClass: Present = ({ name, description, inputSchema, outputSchema, execute }) =>
  new DynamicStructuredTool({
    name,
    description,
    schema: inputSchema as { type: "object" },
    ...(outputSchema !== undefined && { metadata: { outputSchema } }),
    func: async (input, _manager, config) =>
      presented(execute(input, { signal: config?.signal ?? new AbortController().signal })),
  });

const withArtifact: Present = ({ name, description, inputSchema, outputSchema, execute }) =>
  tool(
    async (input, config) => {
      const result = await execute(input, { signal: config.signal ?? new AbortController().signal });
      return ["for the model", result];
    },
    {
      name,
      description,
      schema: inputSchema as { type: "object" },
      responseFormat: "content_and_artifact",
      metadata: { outputSchema: outputSchema ?? true },
    },
  );

async function presented(result: unknown): Promise<unknown> {
  const value = await result;
  const parts = Array.isArray(value) ? value : [value];
  return parts.some(isMediaRef) ? parts.map(block) : value;
}

function block(part: string | MediaRef): object {
  if (!isMediaRef(part)) return { type: "text", text: part };
  const { kind, mediaType } = part;
  return kind === "image"
    ? { type: "image", mimeType: mediaType, data: part.toBase64() }
    : { type: kind, source_type: "base64", mime_type: mediaType, data: part.toBase64() };
}

async function offer(fixtures: readonly SourceFixture[], present: Present): Promise<LangchainSource> {
  const refused: ToolSourceError[] = [];
  const tools: Tool[] = await toolsFromLangchain(fixtures.map(present), {
    onUnusable: (error) => refused.push(error),
  });
  return { refused, tools: async () => tools, [Symbol.asyncDispose]: async () => {} };
}

describe.each([
  ["tool()", withTool],
  ["DynamicStructuredTool", withClass],
  ["tool() with an artifact", withArtifact],
])("tools of LangChain made with %s", (_name, present) => {
  testToolSource({
    offer: (fixtures) => offer(fixtures, present),
    refusals: ({ refused }) => refused,
    test: it,
    hasConnection: false,
  });
});
