import { tool as langchainTool } from "@langchain/core/tools";
import { toJsonSchema } from "@langchain/core/utils/json_schema";
import { toAiSdk, toolsFromAiSdk } from "@smoltools/adapters/ai-sdk";
import { toLangchain, toolsFromLangchain } from "@smoltools/adapters/langchain";
import { toolsFromOpenApi } from "@smoltools/adapters/openapi";
import { type HostFetch, tool } from "@smoltools/core";
import { asSchema, dynamicTool, jsonSchema } from "ai";
import { answer, called, input, listed, schema, type Way } from "./way.ts";

/** Calls through the adapters of LangChain, the AI SDK and OpenAPI documents. */
export async function frameworkWays(): Promise<Way[]> {
  const own = tool({ name: "weather", description: "Tells the weather.", input: schema, execute: answer });
  const langchain = langchainTool(answer, { name: "weather", description: "Tells the weather.", schema });
  const aiSdk = dynamicTool({
    description: "Tells the weather.",
    inputSchema: jsonSchema(schema as object),
    execute: answer,
  });
  const [fromLangchain] = await toolsFromLangchain([langchain]);
  const [fromAiSdk] = await toolsFromAiSdk({ weather: aiSdk });
  const [fromOpenApi] = await toolsFromOpenApi(service(1), { fetch });
  const intoLangchain = await toLangchain(own);
  const { weather: intoAiSdk } = toAiSdk([own]);
  const options = { toolCallId: "1", messages: [], context: {} };
  const request = { url: "https://api.example.org/act/0?city=Bern", method: "GET", headers: [] };
  const { signal } = new AbortController();
  return [
    {
      name: "from LangChain",
      peerName: "invoke of the same tool",
      ours: () => called(fromLangchain),
      peer: () => langchain.invoke(input),
    },
    {
      name: "to LangChain",
      peerName: "invoke of a tool of LangChain",
      ours: () => intoLangchain.invoke({ type: "tool_call", id: "1", name: "weather", args: input }),
      peer: () => langchain.invoke({ type: "tool_call", id: "1", name: "weather", args: input }),
    },
    {
      name: "from the AI SDK",
      peerName: "execute of the same tool",
      ours: () => called(fromAiSdk),
      peer: async () => aiSdk.execute?.(input, options),
    },
    {
      name: "to the AI SDK",
      peerName: "call of the tool itself",
      ours: async () => intoAiSdk?.execute(input, options),
      peer: () => called(own),
    },
    {
      name: "from OpenAPI",
      peerName: "the request itself, answered at once",
      ours: () => called(fromOpenApi),
      peer: () => fetch({ ...request, headers: [] }, { signal }),
    },
  ];
}

const fetch: HostFetch = async ({ url }) => ({
  url,
  status: 200,
  statusText: "OK",
  headers: [["content-type", "application/json"]],
  body: "InN1bm55Ig==",
});

/** Listings by the same. */
export function frameworkListings(): Way[] {
  const tools = Array.from({ length: listed }, (_, index) =>
    langchainTool(answer, { name: `weather_${index}`, description: "Tells the weather.", schema: { ...schema } }),
  );
  const toolSet = Object.fromEntries(
    Array.from({ length: listed }, (_, index) => [
      `weather_${index}`,
      dynamicTool({
        description: "Tells the weather.",
        inputSchema: jsonSchema({ ...schema } as object),
        execute: answer,
      }),
    ]),
  );
  const text = JSON.stringify(service(listed));
  return [
    {
      name: "from LangChain",
      peerName: "toJsonSchema of each",
      ours: () => toolsFromLangchain(tools),
      peer: async () => tools.map((each) => toJsonSchema(each.schema, {})),
    },
    {
      name: "from the AI SDK",
      peerName: "asSchema of each",
      ours: () => toolsFromAiSdk(toolSet),
      peer: () => Promise.all(Object.values(toolSet).map(async (each) => asSchema(each.inputSchema).jsonSchema)),
    },
    {
      name: "from OpenAPI",
      peerName: "JSON.parse of the document",
      ours: () => toolsFromOpenApi(text, { fetch }),
      peer: async () => JSON.parse(text),
    },
  ];
}

/** A service with this many operations. */
function service(operations: number): object {
  const parameters = Object.entries(schema.properties).map(([name, declared]) => ({
    name,
    in: "query",
    required: name === "city",
    schema: declared,
  }));
  const responses = { 200: { content: { "application/json": { schema: { type: "string" } } } } };
  const paths = Array.from({ length: operations }, (_, index) => [
    `/act/${index}`,
    { get: { operationId: `weather_${index}`, summary: "Tells the weather.", parameters, responses } },
  ]);
  return {
    openapi: "3.1.0",
    info: { title: "Weather", version: "1" },
    servers: [{ url: "https://api.example.org" }],
    paths: Object.fromEntries(paths),
  };
}
