import { readFileSync } from "node:fs";
import {
  CodeAgent,
  type ModelRequest,
  renderDeclarations,
  type Tool,
  type ToolDeclaration,
  ToolCallingAgent,
} from "smoltools";
import { ScriptedModel } from "@smoltools/core/testing";
import { median } from "../../lib/measure.ts";
import { type Row, row } from "../../lib/row.ts";
import { chatTools, jsonTokens, mcpTools, requestTokens, tokensOf } from "./count-tokens.ts";
import { someOf, toolPool } from "./tool-pool.ts";

/** Searches of each size that are tried. */
const searches = 50;

/** What a model is told of tools: declarations of a code agent beside JSON schemas of native tool calling. */
export async function declarationRows(): Promise<Row[]> {
  const pool = await toolPool();
  const rows = derivedToolRows();
  for (const count of [10, 100, 500]) {
    const tools = someOf(pool, count);
    const bare = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
    rows.push(
      row(`${count} tools, results typed on both sides`, "tokens", declared(tools), {
        name: "JSON schemas of input and output, as MCP lists them",
        value: jsonTokens(mcpTools(tools)),
      }),
      row(`${count} tools, results typed in ours alone`, "tokens", declared(tools), schemasOf(tools)),
      row(`${count} tools, without their results`, "tokens", declared(bare), schemasOf(tools)),
      ...(await firstRequestRows(tools)),
    );
  }
  return rows;
}

/** The twenty tools of the fixtures, as derivation gives them. */
function derivedToolRows(): Row[] {
  const text = readFileSync(new URL("../../../fixtures/derive/twenty-tools.json", import.meta.url), "utf8");
  const tools = JSON.parse(text) as ToolDeclaration[];
  const bare = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
  const target = {
    text: "at most 65 %",
    met: ({ ratio }: { ratio: number | null }) => ratio !== null && ratio <= 0.65,
  };
  const all = { name: "JSON schemas of input and output, as MCP lists them", value: jsonTokens(mcpTools(tools)) };
  return [
    row("20 derived tools, results typed on both sides", "tokens", declared(tools), all, target),
    row("20 derived tools, results typed in ours alone", "tokens", declared(tools), schemasOf(tools)),
    row("20 derived tools, without their results", "tokens", declared(bare), schemasOf(tools)),
  ];
}

function declared(tools: readonly ToolDeclaration[]): number {
  return tokensOf(renderDeclarations(tools));
}

function schemasOf(tools: readonly ToolDeclaration[]): { name: string; value: number } {
  return { name: "JSON schemas of input alone, as Chat Completions takes them", value: jsonTokens(chatTools(tools)) };
}

/** The whole first request of each agent, with all tools declared and with tool search. */
async function firstRequestRows(tools: readonly Tool[]): Promise<Row[]> {
  const label = `${tools.length} tools, the first request of a code agent`;
  const calling = requestTokens(await firstRequest(tools, "calls", Number.POSITIVE_INFINITY));
  const peer = { name: "that of a tool-calling agent", value: calling };
  const found = await searchResults(tools);
  return [
    row(label, "tokens", requestTokens(await firstRequest(tools, "code", Number.POSITIVE_INFINITY)), peer),
    row(`${label} that searches`, "tokens", requestTokens(await firstRequest(tools, "code", 0)), peer),
    row(`${label} that searches`, "tokens", requestTokens(await firstRequest(tools, "code", 0)), {
      name: "that of a tool-calling agent that searches",
      value: requestTokens(await firstRequest(tools, "calls", 0)),
    }),
    row(`${tools.length} tools, what one search shows`, "tokens", median(found.map(({ tokens }) => tokens))),
    row(
      `${tools.length} tools, searches with three words of its description that show the tool`,
      "%",
      (100 * found.filter(({ isFound }) => isFound).length) / found.length,
    ),
  ];
}

async function firstRequest(tools: readonly Tool[], kind: "code" | "calls", maxTokens: number): Promise<ModelRequest> {
  const model = new ScriptedModel([
    kind === "code" ? "<code>\nfinalAnswer(1);\n</code>" : { calls: [{ name: "final_answer", input: { answer: 1 } }] },
  ]);
  const options = { model, tools, toolSearch: { maxTokens } };
  await using agent = kind === "code" ? new CodeAgent({ ...options, typeCheck: false }) : new ToolCallingAgent(options);
  await agent.run("Answer with 1.");
  const [request] = model.requests;
  if (!request) throw new Error("the model was not asked");
  return request;
}

/** Searches for tools by the three longest words of the sentence that says what they do. */
async function searchResults(tools: readonly Tool[]): Promise<{ tokens: number; isFound: boolean }[]> {
  const wanted = someOf(tools, Math.min(searches, tools.length));
  const queries = wanted.map(({ description }) => longestWords(description.split(/\.\s|\n/)[0] ?? "").join(" "));
  const model = new ScriptedModel([
    `<code>\nfinalAnswer(await Promise.all(${JSON.stringify(queries)}.map((query) => search_tools(query))));\n</code>`,
  ]);
  await using agent = new CodeAgent({ model, tools, toolSearch: { maxTokens: 0 }, typeCheck: false });
  const texts = (await agent.run("Search.")) as string[];
  return texts.map((text, i) => ({
    tokens: tokensOf(text),
    isFound: text.includes(`function ${wanted[i]?.name ?? ""}(`),
  }));
}

function longestWords(text: string): string[] {
  const words = new Set(text.toLowerCase().match(/\p{L}+/gu));
  return [...words].sort((one, other) => other.length - one.length).slice(0, 3);
}
