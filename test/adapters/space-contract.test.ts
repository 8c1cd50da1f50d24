import { toolsFromSpace, type SpaceTools } from "@smoltools/adapters/space";
import { isMediaRef, type MediaRef, type ToolSource, type ToolSourceError } from "@smoltools/core";
import { type SourceFixture, testToolSource } from "@smoltools/core/testing";
import { describe, it } from "vitest";
import { anyValue, type ServedEndpoint, type SpaceServer, spaceServer } from "./space-server.ts";

interface OfferedSpace extends ToolSource {
  refused: ToolSourceError[];
}

/** Gradio sends a default for what is left out. */
const leftOut = "(left out)";

function endpointOf(fixture: SourceFixture, server: () => SpaceServer): ServedEndpoint {
  const { name, description, inputSchema, outputSchema } = fixture;
  const { properties = {}, required = [], $defs } = inputSchema;
  const names = Object.keys(properties);
  return {
    name,
    description,
    parameters: names.map((each) => ({
      ...anyValue(each, { ...Object(properties[each]), ...($defs && { $defs }) }),
      parameter_has_default: !required.includes(each),
      parameter_default: leftOut,
    })),
    returns: [anyValue("value_1", outputSchema === undefined || outputSchema === true ? {} : Object(outputSchema))],
    run: async (data, { signal }) => {
      const entries = names.map((each, index) => [each, data[index]]).filter(([, value]) => value !== leftOut);
      return [presented(await fixture.execute(Object.fromEntries(entries), { signal }), server())];
    },
  };
}

function presented(value: unknown, server: SpaceServer): unknown {
  const file = (media: MediaRef): object =>
    server.file(media.data ?? new Uint8Array(), { mediaType: media.mediaType, name: "file" });
  if (isMediaRef(value)) return file(value);
  return Array.isArray(value) ? value.map((part: unknown) => (isMediaRef(part) ? file(part) : part)) : value;
}

async function offer(fixtures: readonly SourceFixture[]): Promise<OfferedSpace> {
  const server = await spaceServer({ endpoints: fixtures.map((fixture) => endpointOf(fixture, () => server)) });
  const refused: ToolSourceError[] = [];
  let space: SpaceTools;
  try {
    space = await toolsFromSpace(server.url, { onUnusable: (error) => refused.push(error) });
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return {
    refused,
    tools: () => space.tools(),
    [Symbol.asyncDispose]: async () => {
      await space[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe("tools of a Space", () => {
  testToolSource({
    offer,
    refusals: ({ refused }) => refused,
    test: it,
    hasConnection: true,
    skip: [
      { test: "refuses two tools of one name", reason: "the endpoints of an app are the keys of an object" },
      { test: "keeps the schema of the output", reason: "any output of Gradio may be null, and the schema says so" },
    ],
  });
});
