import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { tool as langchainTool } from "@langchain/core/tools";
import { toJsonSchema } from "@langchain/core/utils/json_schema";
import { toAiSdk, toolsFromAiSdk } from "@smoltools/adapters/ai-sdk";
import { toLangchain, toolsFromLangchain } from "@smoltools/adapters/langchain";
import { toolsFromOpenApi } from "@smoltools/adapters/openapi";
import { type HostFetch, type Tool, tool } from "@smoltools/core";
import { asSchema, dynamicTool, jsonSchema } from "ai";
import { interleaved, timed } from "../lib/measure.ts";
import { type Row, row, type Target } from "../lib/row.ts";

const calls = 2000;
const listed = 500;

const schema = {
  type: "object",
  properties: {
    city: { type: "string", description: "Name of the city." },
    days: { type: "integer", minimum: 1, maximum: 14 },
    unit: { type: "string", enum: ["celsius", "kelvin"] },
  },
  required: ["city"],
} as const;
const input = { city: "Bern", days: 3, unit: "celsius" };
const answer = async (): Promise<string> => "sunny";

/** Something done through an adapter, and the same by the library alone. */
interface Way {
  readonly name: string;
  readonly peerName: string;
  readonly ours: () => Promise<unknown>;
  readonly peer: () => Promise<unknown>;
}

/** Adapters of other frameworks: what a call costs over the library alone, what 500 tools cost, and memory. */
export async function bench(): Promise<Row[]> {
  const ways = await allWays();
  return [...(await callRows(ways)), ...(await listingRows()), ...(await memoryRows(ways))];
}

async function callRows(ways: readonly Way[]): Promise<Row[]> {
  const target: Target = { text: "at most 0.2 ms over the library", met: ({ ours }) => ours <= 0.2 };
  const rows: Row[] = [];
  for (const { name, peerName, ours, peer } of ways) {
    const ms = await interleaved({ ours: () => perCall(ours), peer: () => perCall(peer) }, 9);
    rows.push(row(`${name}, a call`, "ms", ms.ours, { name: peerName, value: ms.peer }));
    rows.push(row(`${name}, a call, over the library`, "ms", Math.max(0, ms.ours - ms.peer), undefined, target));
  }
  return rows;
}

async function perCall(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let done = 0; done < calls; done++) await call();
  return (performance.now() - start) / calls;
}

async function listingRows(): Promise<Row[]> {
  const target: Target = { text: "at most 50 ms over the library", met: ({ ours }) => ours <= 50 };
  const rows: Row[] = [];
  for (const { name, peerName, ours, peer } of listings()) {
    const ms = await interleaved({ ours: () => timed(ours), peer: () => timed(peer) }, 9);
    rows.push(row(`${name}, ${listed} tools`, "ms", ms.ours, { name: peerName, value: ms.peer }));
    rows.push(
      row(`${name}, ${listed} tools, over the library`, "ms", Math.max(0, ms.ours - ms.peer), undefined, target),
    );
  }
  return rows;
}

/** Heap that is left after many calls, over that after the first hundred. */
async function memoryRows(ways: readonly Way[]): Promise<Row[]> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1024;
  };
  const target: Target = { text: "at most 512 KiB", met: ({ ours }) => ours <= 512 };
  const rows: Row[] = [];
  for (const { name, ours } of ways) {
    for (let done = 0; done < 100; done++) await ours();
    const before = used();
    for (let done = 0; done < 10_000; done++) await ours();
    rows.push(row(`${name}, heap after 10,000 calls`, "KiB", Math.max(0, used() - before), undefined, target));
  }
  return rows;
}

async function allWays(): Promise<Way[]> {
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

async function called(made: Tool | undefined): Promise<unknown> {
  if (made === undefined) throw new Error("there is no tool");
  return made.call(input);
}

const fetch: HostFetch = async ({ url }) => ({
  url,
  status: 200,
  statusText: "OK",
  headers: [["content-type", "application/json"]],
  body: "InN1bm55Ig==",
});

function listings(): Way[] {
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
