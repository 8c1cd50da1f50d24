import { type Tool, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  agentOf,
  bothKinds,
  code,
  lastText,
  nativeAnswer,
  nativeCalls,
  systemText,
  toolAgentOf,
} from "./agent-fixture.ts";

const subjects = ["weather", "ship", "train", "recipe", "stock", "star"];
const verbs = ["find", "list", "count", "describe", "compare"];

/** 300 tools, each with its own words. */
const many: Tool[] = Array.from({ length: 300 }, (_, nth) => {
  const subject = subjects[nth % subjects.length];
  const verb = verbs[Math.floor(nth / subjects.length) % verbs.length];
  return tool({
    name: `${verb}_${subject}_${nth}`,
    description: `Will ${verb} the ${subject} that somebody asks for, number ${nth} of many. ${"It says more. ".repeat(15)}`,
    input: {
      type: "object",
      properties: { place: { type: "string", description: "Where to look for it." } },
      required: ["place"],
      additionalProperties: false,
    },
    execute: ({ place }) => `${verb} ${subject} in ${String(place)}`,
  });
});
const special = tool({
  name: "translate_to_norwegian",
  description: "Translates an English text to Norwegian.",
  input: { type: "object", properties: { text: { type: "string" } }, required: ["text"], additionalProperties: false },
  execute: ({ text }) => `${String(text)} på norsk`,
});
const tools = [...many.slice(0, 150), special, ...many.slice(150)] as Tool[];
const wanted = { name: "translate_to_norwegian", input: { text: "ship" } };
const search = { name: "search_tools", input: { query: "translate English text" } };

describe.each(bothKinds)("a $title with 300 tools", ({ make, calls, answer }) => {
  it("tells the model of a search in place of the tools", async () => {
    const { agent, model } = make([answer(1)], { tools });
    await using _ = agent;
    await agent.run("Go.");
    const told = JSON.stringify(model.requests[0]);
    expect(told).toContain("search_tools");
    expect(told).not.toContain("translate_to_norwegian");
    expect(told.length).toBeLessThan(20_000);
  });

  it("shows the tools that fit, best first, and lets them be called", async () => {
    const { agent, model } = make([calls(search), calls(wanted), answer("done")], { tools });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("done");
    expect(lastText(model.requests[1])).toMatch(
      /Translates an English text to Norwegian\.[\s\S]*translate_to_norwegian/,
    );
    expect(lastText(model.requests[2])).toContain("ship på norsk");
  });

  it("says so where nothing fits", async () => {
    const nothing = { name: "search_tools", input: { query: "qqqq zzzz" } };
    const { agent, model } = make([calls(nothing), answer(1)], { tools });
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toContain("No tool fits");
  });

  it.each([{ query: 5 }, {}, { query: "a", limit: 0 }, { query: "a", limit: 1_000 }])(
    "refuses a search with %j",
    async (input) => {
      const { agent, model } = make([calls({ name: "search_tools", input }), answer(1)], { tools });
      await using _ = agent;
      expect(await agent.run("Go.")).toBe(1);
      expect(JSON.stringify(model.requests[1])).toContain("wrong arguments");
    },
  );

  it("declares them all where that takes no more than allowed", async () => {
    const { agent, model } = make([answer(1)], { tools, toolSearch: { maxTokens: 1_000_000 } });
    await using _ = agent;
    await agent.run("Go.");
    const told = JSON.stringify(model.requests[0]);
    expect(told).toContain("translate_to_norwegian");
    expect(told).not.toContain("search_tools");
  });

  it("searches among few tools where little is allowed", async () => {
    const { agent, model } = make([answer(1)], { tools: [special], toolSearch: { maxTokens: 10 } });
    await using _ = agent;
    await agent.run("Go.");
    expect(JSON.stringify(model.requests[0])).not.toContain("Norwegian");
  });

  it("always shows its managed agents", async () => {
    const worker = toolAgentOf([], { name: "worker", description: "Works." });
    const { agent, model } = make([answer(1)], { tools, managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.");
    expect(JSON.stringify(model.requests[0])).toContain("worker");
  });

  it("leaves the search to a tool of that name which the caller gave", async () => {
    const own = tool({ name: "search_tools", description: "My own search.", execute: () => "mine" }) as Tool;
    const { agent, model } = make([calls({ name: "search_tools", input: {} }), answer(1)], { tools: [...tools, own] });
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toContain("mine");
  });
});

describe("tools that a search found", () => {
  it("are offered for native calls from then on", async () => {
    const { agent, model } = toolAgentOf([nativeCalls(search), nativeCalls(wanted), nativeAnswer(1)], { tools });
    await agent.run("Go.");
    const offered = model.requests.map((request) => request.tools?.map(({ name }) => name) ?? []);
    expect(offered[0]).toEqual(["search_tools", "final_answer"]);
    expect(offered[1]).toContain("translate_to_norwegian");
    expect(offered[2]).toEqual(offered[1]);
  });

  it("are offered no more in a run that starts afresh, and still in one that goes on", async () => {
    const { agent, model } = toolAgentOf([nativeCalls(search), nativeAnswer(1), nativeAnswer(2), nativeAnswer(3)], {
      tools,
    });
    await agent.run("Go.");
    await agent.run("On.", { reset: false });
    await agent.run("Anew.");
    const offered = model.requests.map((request) => request.tools?.map(({ name }) => name) ?? []);
    expect(offered[2]).toContain("translate_to_norwegian");
    expect(offered[3]).not.toContain("translate_to_norwegian");
  });

  it("are offered in another agent that goes on with the conversation", async () => {
    const first = toolAgentOf([nativeCalls(search), new Error("crash")], { tools });
    await first.agent.run("Go.").catch(() => undefined);
    const { agent, model } = toolAgentOf([nativeCalls(wanted), nativeAnswer(1)], { tools });
    await agent.run(null, { memory: first.agent.memory.toJSON() });
    expect(model.requests[0]?.tools?.map(({ name }) => name)).toContain("translate_to_norwegian");
  });

  it("can be called by code at once, in the same step", async () => {
    const { agent, model } = agentOf(
      [code("console.log(await search_tools('norwegian')); finalAnswer(await translate_to_norwegian('sea'))")],
      { tools },
    );
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("sea på norsk");
    expect(systemText(model.requests[0])).toContain("search_tools(");
  });
});
