import { toolsFromOpenApi } from "@smoltools/adapters/openapi";
import { isMediaRef, type ToolSource, type ToolSourceError } from "@smoltools/core";
import { type SourceFixture, testToolSource } from "@smoltools/core/testing";
import { describe, it } from "vitest";
import { apiServer, type ServerAnswer } from "./openapi-server.ts";

interface ApiSource extends ToolSource {
  refused: ToolSourceError[];
}

/** The document of a service that offers the fixtures, each as an operation with a body of JSON. */
function documentOf(fixtures: readonly SourceFixture[], server: string) {
  const definitions = Object.assign({}, ...fixtures.map(({ inputSchema }) => inputSchema.$defs ?? {}));
  const paths = fixtures.map(({ name, description, inputSchema, outputSchema }, index) => {
    const content =
      outputSchema === undefined ? { "text/plain": {} } : { "application/json": { schema: outputSchema } };
    const operation = {
      operationId: name,
      description,
      requestBody: { required: true, content: { "application/json": { schema: withoutDefinitions(inputSchema) } } },
      responses: { 200: { description: "Done.", content } },
    };
    return [`/tools/${index}`, { post: operation }];
  });
  const document = {
    openapi: "3.1.0",
    info: { title: "Fixtures", version: "1" },
    servers: [{ url: server }],
    paths: Object.fromEntries(paths),
    components: { schemas: definitions },
  };
  return JSON.stringify(document).replaceAll("#/$defs/", "#/components/schemas/");
}

/** They stand among the document's components. */
function withoutDefinitions(schema: object) {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== "$defs"));
}

async function answerOf(fixture: SourceFixture, input: unknown, signal: AbortSignal): Promise<ServerAnswer> {
  try {
    const result = await fixture.execute(input, { signal });
    if (isMediaRef(result)) return { type: result.mediaType, body: await result.bytes() };
    if (fixture.outputSchema === undefined) return { type: "text/plain; charset=utf-8", body: String(result) };
    return { type: "application/json", body: JSON.stringify(result) };
  } catch (error) {
    return { status: 500, type: "text/plain", body: String(error) };
  }
}

async function offer(fixtures: readonly SourceFixture[]): Promise<ApiSource> {
  const server = await apiServer(async ({ url, body }, signal) => {
    const fixture = fixtures[Number(url.split("/").at(-1))];
    if (fixture === undefined) return { status: 404 };
    return answerOf(fixture, JSON.parse(body.toString()), signal);
  });
  const refused: ToolSourceError[] = [];
  const dispose = (): PromiseLike<void> => server[Symbol.asyncDispose]();
  try {
    const tools = await toolsFromOpenApi(documentOf(fixtures, server.url), {
      fetch: server.fetch,
      onUnusable: (error) => refused.push(error),
    });
    return { refused, tools: async () => tools, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

describe("tools of an OpenAPI document", () => {
  testToolSource({
    offer,
    refusals: ({ refused }) => refused,
    test: it,
    hasConnection: false,
    skip: [{ test: "gives a text and two images together", reason: "an answer of HTTP is one text or one file" }],
  });
});
