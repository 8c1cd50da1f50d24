import { type AgentEvent, ToolCallingAgent } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  agentOf,
  code,
  conversation,
  eventsOf,
  Gate,
  lastText,
  nativeAnswer,
  nativeCalls,
  textTool,
  toolAgentOf,
} from "./agent-fixture.ts";

const call = nativeCalls({ name: "add", input: { a: 1, b: 2 } });

describe("managed agents on two levels", () => {
  const three = () => {
    const inner = toolAgentOf([call, nativeAnswer("inner report")], { name: "inner", description: "Adds." });
    const middle = agentOf([code("finalAnswer(await inner('Add.'))")], {
      name: "middle",
      description: "Passes on.",
      managedAgents: [inner.agent],
      tools: [],
    });
    const outer = toolAgentOf([nativeCalls({ name: "middle", input: { task: "Add." } }), nativeAnswer("done")], {
      managedAgents: [middle.agent],
      tools: [],
    });
    return { inner, middle, outer };
  };

  it("report upwards", async () => {
    const { outer } = three();
    expect(await outer.agent.run("Go.")).toBe("done");
    expect(lastText(outer.model.requests[1])).toMatch(/"middle"[\s\S]*"inner"[\s\S]*inner report/);
  });

  it("are on record within each other", async () => {
    const { outer } = three();
    await outer.agent.run("Go.");
    const [middle] = actionsIn(outer.agent.memory)[0]?.toolCalls ?? [];
    const [inner] = actionsIn({ steps: middle?.run?.steps } as never)[0]?.toolCalls ?? [];
    expect(inner).toMatchObject({ tool: "inner", run: { agent: "inner" } });
    expect(inner?.run?.steps).toHaveLength(3);
  });

  it("tell their events within each other", async () => {
    const { outer } = three();
    const path = (event: AgentEvent): string[] =>
      event.type === "managed-agent" ? [event.agent, ...path(event.event)] : [event.type];
    const paths = (await eventsOf(outer.agent.stream("Go."))).map((event) => path(event).join(" "));
    expect(paths).toContain("middle inner tool-call");
    expect(paths).toContain("middle inner result");
    expect(paths).toContain("middle result");
  });

  it("count all calls of tools for the outermost", async () => {
    const { outer } = three();
    const { toolCalls } = await outer.agent.run("Go.", { returnFullResult: true });
    expect(toolCalls).toBe(3);
  });
});

describe("managed agents at the same time", () => {
  it("work in parallel when code calls them in Promise.all, also one agent twice", async () => {
    const all = new Gate();
    let waiting = 0;
    const meet = textTool("meet", async (text) => {
      waiting += 1;
      if (waiting === 3) all.open();
      await all.opened;
      return text;
    });
    const script = (text: string) => [nativeCalls({ name: "meet", input: { text } }), nativeAnswer(text)];
    const one = toolAgentOf(script("one"), { name: "one", description: "First.", tools: [meet] });
    const twice = new ToolCallingAgent({
      name: "twice",
      description: "Second.",
      tools: [meet],
      model: {
        id: "m",
        provider: "test",
        // Two runs at the same time: what each is at, its own conversation says.
        stream: async function* ({ messages }) {
          yield* messages.some(({ role }) => role === "tool")
            ? nativeAnswer("two")
            : nativeCalls({ name: "meet", input: { text: "two" } });
        },
      },
    });
    const { agent } = agentOf([code("finalAnswer(await Promise.all([one('a'), twice('b'), twice('c')]))")], {
      managedAgents: [one.agent, twice],
      tools: [],
    });
    await using _ = agent;
    const reports = await agent.run("Go.");
    expect(reports).toMatchObject([/one/, /two/, /two/].map((text) => expect.stringMatching(text)));
  });

  it("work in parallel when a model calls them in one answer, and are told in order", async () => {
    const second = new Gate();
    const wait = textTool("wait", async (text) => {
      if (text === "first") await second.opened;
      else second.open();
    });
    const worker = (name: string) =>
      toolAgentOf([nativeCalls({ name: "wait", input: { text: name } }), nativeAnswer(`${name} is done`)], {
        name,
        description: `The ${name}.`,
        tools: [wait],
      }).agent;
    const { agent, model } = toolAgentOf(
      [
        nativeCalls({ name: "first", input: { task: "Go." } }, { name: "second", input: { task: "Go." } }),
        nativeAnswer(1),
      ],
      { tools: [], managedAgents: [worker("first"), worker("second")] },
    );
    await agent.run("Go.");
    const told = conversation(model.requests[1]).filter(([role]) => role === "tool");
    expect(told.map(([, text]) => text)).toEqual([
      expect.stringContaining("first is done"),
      expect.stringContaining("second is done"),
    ]);
  });
});
