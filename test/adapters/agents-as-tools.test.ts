import { AIMessage, ToolMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { toAiSdk } from "@smoltools/adapters/ai-sdk";
import { toAnthropicTools } from "@smoltools/adapters/anthropic";
import { toGeminiTools } from "@smoltools/adapters/gemini";
import { toLangchain } from "@smoltools/adapters/langchain";
import { toMcpServer, toolsFromMcp } from "@smoltools/adapters/mcp";
import { toOpenAITools } from "@smoltools/adapters/openai";
import { type Agent, isSmoltoolsError, tool, ToolCallingAgent, type ToolContext } from "@smoltools/core";
import { ScriptedModel, type ScriptedReply } from "@smoltools/core/testing";
import { generateText, isStepCount } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { createAgent } from "langchain";
import { describe, expect, it } from "vitest";

const final = (answer: unknown): ScriptedReply => ({ calls: [{ name: "final_answer", input: { answer } }] });

interface Made {
  agent: Agent;
  /** The contexts of the calls of the agent's own tool. */
  contexts: ToolContext[];
}

/** An agent that asks its own tool, which waits for as long as it is told to, and then answers. */
function researcher(replies: readonly ScriptedReply[] = [], wait?: Promise<unknown>): Made {
  const contexts: ToolContext[] = [];
  const look = tool({
    name: "look",
    description: "Looks something up.",
    input: { type: "object", properties: {} },
    execute: async (_input, context) => {
      contexts.push(context);
      await wait;
      return "42";
    },
  });
  const agent = new ToolCallingAgent({
    name: "researcher",
    description: "Finds things out.",
    model: new ScriptedModel(replies.length > 0 ? replies : [{ calls: [{ name: "look", input: {} }] }, final("42")]),
    tools: [look],
    answerSchema: { type: "string" },
  });
  return { agent, contexts };
}

/** The ways in which another framework calls an agent, each as its own loop does. */
const frameworks: [string, (agent: Agent, input: object, context: ToolContext) => Promise<unknown>][] = [
  [
    "LangChain",
    async (agent, args, { signal, context }) => {
      const made = await toLangchain(agent);
      const call = { type: "tool_call", id: "call_1", name: made.name, args } as const;
      const config: object = { ...(signal && { signal }), context };
      const answer: unknown = await made.invoke(call, config);
      return (answer as ToolMessage).artifact;
    },
  ],
  [
    "the AI SDK",
    async (agent, input, { signal, context }) => {
      const { researcher: made } = toAiSdk([agent]);
      return made?.execute(input, { toolCallId: "call_1", abortSignal: signal, context });
    },
  ],
  ["OpenAI", (agent, input, context) => withNulls(toOpenAITools([agent]).call, input, context)],
  ["Anthropic", (agent, input, context) => toAnthropicTools([agent]).call("researcher", input, context)],
  ["Gemini", (agent, input, context) => toGeminiTools([agent]).call("researcher", input, context)],
  [
    "MCP",
    async (agent, input, { signal }) => {
      await using server = toMcpServer(agent, { name: "agents", version: "1.0.0" });
      const { url } = await server.listen();
      await using mcp = await toolsFromMcp({ url });
      const [made] = await mcp.tools();
      return await made?.call(input, { signal });
    },
  ],
];

/** In OpenAI's strict mode what is left out is `null`. */
function withNulls(call: ReturnType<typeof toOpenAITools>["call"], input: object, context: ToolContext) {
  return call("researcher", JSON.stringify({ additionalArgs: null, ...input }), context);
}

describe.each(frameworks)("an agent as a tool of %s", (name, call) => {
  it("does the task, each time with an empty memory", async () => {
    const { agent, contexts } = researcher([
      { calls: [{ name: "look", input: {} }] },
      final("42"),
      { calls: [{ name: "look", input: {} }] },
      final("43"),
    ]);
    const context = { user: "Ada" };
    expect(await call(agent, { task: "What is the answer?" }, { context })).toBe("42");
    expect(await call(agent, { task: "And now?" }, { context })).toBe("43");
    const { requests } = agent.model as ScriptedModel;
    expect(JSON.stringify(requests[2]?.messages)).toContain("And now?");
    expect(JSON.stringify(requests[2]?.messages)).not.toContain("What is the answer?");
    // What the server of MCP tells its tools is about one request.
    expect(contexts.map((each) => each.context)).toEqual(name === "MCP" ? [undefined, undefined] : [context, context]);
  });

  it("is ended by an abort, down to the call of its own tool", async () => {
    const { agent, contexts } = researcher([], new Promise(() => undefined));
    const controller = new AbortController();
    const outcome = call(agent, { task: "Wait." }, { signal: controller.signal }).catch((error: unknown) => error);
    await expect.poll(() => contexts.length).toBe(1);
    controller.abort(new Error("never mind"));
    expect(await outcome).toBeInstanceOf(Error);
    await expect.poll(() => contexts[0]?.signal?.aborted).toBe(true);
  });

  it("fails as a tool does, and says why", async () => {
    const { agent } = researcher([new Error("the provider is down")]);
    const error = await call(agent, { task: "Try." }, {}).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("the provider is down");
    const wrong = await call(agent, {}, {}).catch((thrown: unknown) => thrown);
    expect(isSmoltoolsError(wrong) ? wrong.code : String(wrong)).toMatch(
      /TOOL_INPUT_INVALID|did not match expected schema/,
    );
  });
});

it("an agent of LangChain asks one of ours", async () => {
  const model = fakeModel()
    .respondWithTools([{ name: "researcher", args: { task: "What is the answer?" }, id: "call_1" }])
    .respond(new AIMessage("It is 42."));
  const asking = createAgent({ model, tools: [await toLangchain(researcher().agent)] });
  const { messages } = await asking.invoke({ messages: [{ role: "user", content: "Ask." }] });
  expect(messages.find((message) => message instanceof ToolMessage)?.content).toBe("42");
});

it("generateText of the AI SDK asks one of ours", async () => {
  const usage = {
    inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: 1, text: 1, reasoning: undefined },
  };
  const input = JSON.stringify({ task: "What is the answer?" });
  const model = new MockLanguageModelV4({
    doGenerate: [
      {
        content: [{ type: "tool-call", toolCallId: "call_1", toolName: "researcher", input }],
        finishReason: { unified: "tool-calls", raw: undefined },
        usage,
        warnings: [],
      },
      {
        content: [{ type: "text", text: "42" }],
        finishReason: { unified: "stop", raw: undefined },
        usage,
        warnings: [],
      },
    ],
  });
  const tools = toAiSdk([researcher().agent]);
  const { steps } = await generateText({ model, tools, prompt: "Ask.", stopWhen: isStepCount(3) });
  expect(steps[0]?.toolResults[0]?.output).toBe("42");
});

it.each([
  ["toLangchain", (agent: Agent) => toLangchain(agent)],
  ["toAiSdk", async (agent: Agent) => toAiSdk([agent])],
  ["toOpenAITools", async (agent: Agent) => toOpenAITools([agent])],
])("%s refuses an agent without a name", async (_name, convert) => {
  const nameless = new ToolCallingAgent({ model: new ScriptedModel([]) });
  await expect(convert(nameless)).rejects.toMatchObject({ code: "AGENT_CONFIG" });
});

it.each([
  ["toAiSdk", toAiSdk],
  ["toOpenAITools", toOpenAITools],
])("%s refuses a tool and an agent of one name", (_name, convert) => {
  const same = tool({ name: "researcher", description: "Another.", execute: () => 1 });
  expect(() => convert([same, researcher().agent])).toThrow(
    expect.objectContaining({ code: "ADAPTER_OPTIONS_INVALID" }),
  );
});
