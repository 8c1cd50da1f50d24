import { AIMessage, type BaseMessage, ToolMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { toLangchain, toolFromLangchain } from "@smoltools/adapters/langchain";
import { ScriptedModel } from "@smoltools/core/testing";
import { createAgent, createMiddleware, tool } from "langchain";
import { CodeAgent } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type ToolFromHub, weatherFromHub } from "./hub-tools.ts";

let weather: ToolFromHub;
beforeAll(async () => {
  weather = await weatherFromHub();
});
afterAll(() => weather[Symbol.asyncDispose]());

function toolMessages(messages: readonly BaseMessage[]): ToolMessage[] {
  return messages.filter((message) => message instanceof ToolMessage);
}

describe("an agent of LangChain", () => {
  it("calls a tool from the hub, and gets its result as content and artifact", async () => {
    const model = fakeModel()
      .respondWithTools([
        { name: "weather", args: { city: "Bern" }, id: "call_1" },
        { name: "weather", args: { city: "Basel" }, id: "call_2" },
      ])
      .respond(new AIMessage("Bern has 12 degrees, Basel 15."));
    const agent = createAgent({ model, tools: [await toLangchain(weather.tool)] });
    const { messages } = await agent.invoke({ messages: [{ role: "user", content: "How warm is it?" }] });
    expect(
      toolMessages(messages).map(({ content, artifact, tool_call_id }) => [tool_call_id, content, artifact]),
    ).toEqual([
      ["call_1", '{"city":"Bern","degrees":12}', { city: "Bern", degrees: 12 }],
      ["call_2", '{"city":"Basel","degrees":15}', { city: "Basel", degrees: 15 }],
    ]);
    expect(messages.at(-1)?.content).toBe("Bern has 12 degrees, Basel 15.");
  });

  it.each([
    [{ city: "Atlantis" }, "Atlantis has no weather"],
    [{ town: "Bern" }, "did not match expected schema"],
  ])("is told why a call with %j failed, and goes on", async (args, why) => {
    const model = fakeModel()
      .respondWithTools([{ name: "weather", args, id: "call_1" }])
      .respond(new AIMessage("I do not know."));
    const telling = createMiddleware({
      name: "telling",
      wrapToolCall: async (request, handler) => {
        try {
          return await handler(request);
        } catch (error) {
          const { id: tool_call_id = "" } = request.toolCall;
          return new ToolMessage({ content: String(error), tool_call_id, status: "error" });
        }
      },
    });
    const agent = createAgent({ model, tools: [await toLangchain(weather.tool)], middleware: [telling] });
    const { messages } = await agent.invoke({ messages: [{ role: "user", content: "How warm is it?" }] });
    expect(toolMessages(messages)[0]?.content).toContain(why);
  });
});

describe("a tool from the hub", () => {
  it("declares the same after a way through LangChain", async () => {
    const back = await toolFromLangchain(await toLangchain(weather.tool));
    for (const key of ["name", "description", "inputSchema", "outputSchema", "annotations"] as const) {
      expect(back[key]).toEqual(weather.tool[key]);
    }
    expect(await back.call({ city: "Bern" })).toEqual({ city: "Bern", degrees: 12 });
  });
});

describe("a CodeAgent", () => {
  it("calls a tool of LangChain", async () => {
    const search = tool(async ({ words }) => [`2 hits for ${words}`, { ids: [7, 8] }], {
      name: "search-docs",
      description: "Searches the documents.",
      schema: z.object({ words: z.string() }),
      responseFormat: "content_and_artifact",
    });
    const model = new ScriptedModel([
      '<code>\nconst { content, artifact } = await search_docs("snow");\nfinalAnswer(`${content}: ${artifact.ids.join()}`);\n</code>',
    ]);
    await using agent = new CodeAgent({ model, tools: [await toolFromLangchain(search)] });
    expect(await agent.run("Search.")).toBe("2 hits for snow: 7,8");
  });
});
