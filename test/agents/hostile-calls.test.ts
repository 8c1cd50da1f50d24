import { Memory, MediaRef, tool, type Tool, ToolCallingAgent, type ToolCallingAgentOptions } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { CodeAgent } from "smoltools";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  agentOf,
  bothKinds,
  code,
  codeKind,
  conversation,
  doing,
  lastText,
  LimitedModel,
  nativeAnswer,
  nativeCalls,
  sandbox,
  textTool,
  toolAgentOf,
  toolCallingKind,
} from "./agent-fixture.ts";

const done = nativeAnswer("done");
const about = { name: "worker", description: "Works." };
const delegate = { name: "worker", input: { task: "Do it." } };

describe.each([
  { ...codeKind, final: code("finalAnswer('a')") },
  { ...toolCallingKind, final: nativeCalls({ name: "final_answer", input: { text: "a" } }) },
])("the caller's own final_answer of a $title", ({ make, final }) => {
  const publishing = (): { published: string[]; tools: Tool[] } => {
    const published: string[] = [];
    const publish = textTool("final_answer", (text) => {
      published.push(text);
      return `${text}!`;
    });
    return { published, tools: [publish] };
  };

  it("needs the approval that others need", async () => {
    const { published, tools } = publishing();
    const { agent, model } = make([final, "over"], {
      tools,
      maxSteps: 1,
      needsApproval: ["final_answer"],
      approve: () => ({ approved: false, reason: "not today" }),
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("over");
    expect(published).toEqual([]);
    expect(JSON.stringify(conversation(model.requests[1]))).toContain("not today");
  });

  it("is called with what a hook made of the input", async () => {
    const { tools } = publishing();
    const { agent } = make([final], { tools, beforeToolCall: () => ({ action: "allow", input: { text: "b" } }) });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("b!");
  });

  it("passes the gates of a manager", async () => {
    const { published, tools } = publishing();
    const worker = make([final, "over"], { ...about, tools, maxSteps: 1 });
    const { agent } = toolAgentOf([nativeCalls(delegate), done], {
      managedAgents: [worker.agent],
      beforeToolCall: ({ tool: { name } }) => (name === "final_answer" ? { action: "deny" } : undefined),
    });
    await agent.run("Go.");
    expect(published).toEqual([]);
  });

  it("does not need a call of the budget", async () => {
    const { published, tools } = publishing();
    const { agent } = make([final], { tools, budget: { maxToolCalls: 1 } });
    await using _ = agent;
    expect(await agent.run("Go.", { returnFullResult: true })).toMatchObject({ output: "a!", toolCalls: 0 });
    expect(published).toEqual(["a"]);
  });
});

describe("an answer that asks for too much", () => {
  it("of more than 50 native calls is refused whole, in few words", async () => {
    let ran = false;
    const spy = doing("spy", () => (ran = true));
    const many = Array.from({ length: 2_000 }, () => ({ name: "spy", input: {} }));
    const { agent, model } = toolAgentOf([nativeCalls(...many), done], { tools: [spy] });
    expect(await agent.run("Go.")).toBe("done");
    expect(ran).toBe(false);
    expect(actionsIn(agent.memory)[0]?.error).toMatchObject({ code: "AGENT_BAD_JSON", endedRun: false });
    const told = conversation(model.requests[1]).filter(([role]) => role === "tool");
    expect(told).toHaveLength(2_000);
    expect(told[0]?.[1]).toContain("at most 50");
    expect(told.reduce((sum, [, text]) => sum + text.length, 0)).toBeLessThan(30_000);
  });

  const others = Array.from({ length: 300 }, (_, index) => doing(`a_tool_with_a_rather_long_name_${index}`, () => 1));

  it.each<[string, { name: string; input: unknown }[]]>([
    ["one tool of a very long name that is not there", [{ name: "x".repeat(60_000), input: {} }]],
    ["50 tools that are not there", Array.from({ length: 50 }, () => ({ name: "x".repeat(1_200), input: {} }))],
    [
      "a tool with very long wrong arguments",
      [{ name: "a_tool_with_a_rather_long_name_1", input: { [`${"k".repeat(60_000)}`]: 1 } }],
    ],
    [
      "arguments that are no JSON, of a long name",
      [{ name: "x".repeat(30_000), input: `{"a": ${"1".repeat(30_000)}` }],
    ],
  ])("such as %s is told in few words", async (_title, calls) => {
    const { agent, model } = toolAgentOf([nativeCalls(...calls), done], {
      tools: others,
      toolSearch: { maxTokens: 1e9 },
    });
    expect(await agent.run("Go.")).toBe("done");
    const told = conversation(model.requests[1]).filter(([role]) => role === "tool");
    expect(told).toHaveLength(calls.length);
    expect(JSON.stringify(told).length).toBeLessThan(200_000);
    expect(actionsIn(agent.memory)[0]?.error?.message.length).toBeLessThan(21_000);
  });

  it("as JSON in the text is told in few words too", async () => {
    const call = `${JSON.stringify({ name: `no_such_${"x".repeat(1_000)}`, arguments: {} })}\n`;
    const model = new LimitedModel([call.repeat(50), call.repeat(500), "over"], { tools: false });
    const { agent } = toolAgentOf([], { tools: others, model, maxSteps: 2, toolSearch: { maxTokens: 1e9 } });
    await agent.run("Go.");
    const [first, second] = actionsIn(agent.memory);
    expect(first?.error).toMatchObject({ code: "AGENT_UNKNOWN_TOOL" });
    expect(first?.error?.message.length).toBeLessThan(21_000);
    expect(second?.error).toMatchObject({ code: "AGENT_BAD_JSON", message: expect.stringContaining("500 calls") });
  });

  it("with deeply nested arguments is refused, and the memory can be read again", async () => {
    const seen: unknown[] = [];
    const any = tool({
      name: "any",
      description: "Takes anything.",
      input: { type: "object", properties: { value: {} }, required: ["value"], additionalProperties: false },
      execute: ({ value }) => void seen.push(value),
    }) as Tool;
    const deep = `{"value": ${"[".repeat(3_000)}${"]".repeat(3_000)}}`;
    const { agent, model } = toolAgentOf([nativeCalls({ name: "any", input: deep }), done], { tools: [any] });
    expect(await agent.run("Go.")).toBe("done");
    expect(seen).toEqual([]);
    expect(lastText(model.requests[1])).toContain("deeper than 128 levels");
    expect(Memory.fromJSON(JSON.parse(JSON.stringify(agent.memory))).steps).toHaveLength(agent.memory.steps.length);
  });
});

describe("the record of a call", () => {
  it.each(bothKinds)("with a very long input of a $title keeps its beginning", async ({ make, calls, answer }) => {
    const lengths: number[] = [];
    const count = textTool("count", (text) => void lengths.push(text.length));
    const text = `begin${"x".repeat(100_000)}`;
    const { agent } = make(
      [calls({ name: "count", input: { text } }, { name: "count", input: { text: "short" } }), answer(1)],
      {
        tools: [count],
      },
    );
    await using _ = agent;
    await agent.run("Go.");
    expect(lengths).toEqual([100_005, 5]);
    const [long, short] = actionsIn(agent.memory)[0]?.toolCalls ?? [];
    expect(long?.input).toMatchObject({ "(cut)": expect.stringContaining("begin"), characters: expect.any(Number) });
    expect(JSON.stringify(long?.input).length).toBeLessThan(2_200);
    expect(short?.input).toEqual({ text: "short" });
  });

  it("that a hook changed to a very long input keeps the beginning of that", async () => {
    const { agent } = toolAgentOf([nativeCalls({ name: "count", input: { text: "a" } }), done], {
      tools: [textTool("count", (text) => text.length)],
      beforeToolCall: () => ({ action: "allow", input: { text: "b".repeat(1_000_000) } }),
    });
    await agent.run("Go.");
    expect(JSON.stringify(actionsIn(agent.memory)[0]?.toolCalls[0]?.input)).toMatch(/^\{"\(cut\)":"\{.*bbb/);
  });
});

describe("results of a tool", () => {
  const circle: Record<string, unknown> = { name: "ring" };
  circle["self"] = circle;

  it.each<[string, () => unknown, string]>([
    ["contains itself", () => circle, '{"name":"ring","self":(itself)}'],
    ["is a function", () => () => "secret source", "(function)"],
    ["holds a big integer", () => ({ n: 5n }), '{"n":"5"}'],
  ])("that %s is told as a text that says so", async (_title, execute, told) => {
    const { agent, model } = toolAgentOf([nativeCalls({ name: "odd", input: {} }), done], {
      tools: [doing("odd", execute)],
    });
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toBe(told);
  });
});

describe("a managed agent", () => {
  const picture = MediaRef.fromBytes(Uint8Array.of(1, 2, 3), { mediaType: "image/png", name: "ship.png" });
  /** An agent that gives its picture, alone or inside of another value. */
  const painter = (isAlone: boolean): ReturnType<typeof agentOf> =>
    agentOf([code(`const made = await draw(); finalAnswer(${isAlone ? "made" : "{ pictures: [made] }"})`)], {
      ...about,
      tools: [doing("draw", () => picture)],
    });
  const looking = (): { seen: unknown[]; look: Tool } => {
    const seen: unknown[] = [];
    const look = tool({
      name: "look",
      description: "Looks at a picture.",
      input: { type: "object", properties: { picture: {} }, required: ["picture"], additionalProperties: false },
      execute: ({ picture: given }) => void seen.push(given),
    }) as Tool;
    return { seen, look };
  };

  it.each([true, false])("hands its manager media that it answers with (alone: %s)", async (isAlone) => {
    for (const { make, calls, answer } of bothKinds) {
      const { seen, look } = looking();
      const worker = painter(isAlone);
      const use = calls({ name: "look", input: { picture: { $media: "image_1" } } });
      const { agent, model } = make([calls(delegate), use, answer(1)], {
        tools: [look],
        managedAgents: [worker.agent],
      });
      await using _ = agent;
      await agent.run("Go.");
      expect(seen).toEqual([picture]);
      expect(lastText(model.requests[1])).toMatch(/\$media(\\)*":(\\)*"image_1/);
    }
  });

  it.each(bothKinds)("of a $title may answer with a big integer", async ({ make, calls, answer }) => {
    const worker = toolAgentOf([nativeCalls({ name: "final_answer", input: {} })], {
      ...about,
      tools: [doing("final_answer", () => ({ n: 12345678901234567890n }))],
    });
    const { agent, model } = make([calls(delegate), answer(1)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toContain("12345678901234567890");
    expect(actionsIn(agent.memory)[0]?.toolCalls[0]?.error).toBeUndefined();
  });

  it.each(bothKinds)("that was interrupted is told to a $title without advice", async ({ make, calls, answer }) => {
    const worker = toolAgentOf([nativeCalls({ name: "add", input: { a: 1, b: 2 } })], {
      ...about,
      onStep: (_step, agent) => agent.interrupt(),
    });
    const { agent, model } = make([calls(delegate), answer(1)], { managedAgents: [worker.agent] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    const told = JSON.stringify(model.requests[1]?.messages);
    expect(told).toContain("The call was ended before it was complete.");
    expect(told).not.toMatch(/reset: false|Change the arguments/);
  });

  it("whose copy cannot be disposed gives its answer all the same", async () => {
    const options: ToolCallingAgentOptions = { ...about, model: new ScriptedModel([nativeAnswer("There are 3.")]) };
    class Sticky extends ToolCallingAgent {
      override fork(): Sticky {
        return new Sticky(options);
      }

      protected override async release(): Promise<void> {
        throw new Error("it sticks");
      }
    }
    const { agent, model } = toolAgentOf([nativeCalls(delegate), done], { managedAgents: [new Sticky(options)] });
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toContain("There are 3.");
  });

  it("of a class that inherits its fork is refused", () => {
    class Mine extends ToolCallingAgent {}
    const mine = new Mine({ ...about, model: new ScriptedModel([]) });
    expect(() => toolAgentOf([], { managedAgents: [mine] })).toThrow(
      expect.objectContaining({ code: "AGENT_CONFIG", message: expect.stringMatching(/Mine.*fork\(\)/) }),
    );
  });

  it("may be the code agent of the package with all defaults, copied as such", async () => {
    const model = new ScriptedModel([code("finalAnswer(6 * 7)")]);
    const worker = new CodeAgent({ ...about, model, typeCheck: false });
    await using copy = worker.fork();
    expect(copy).toBeInstanceOf(CodeAgent);
    const { agent, model: asked } = toolAgentOf([nativeCalls(delegate), done], { managedAgents: [worker] });
    await agent.run("Go.");
    expect(lastText(asked.requests[1])).toContain("42");
  });
});

describe("a tool without required parameters", () => {
  it("may be called with null by a model with native calls", async () => {
    const { agent, model } = toolAgentOf([nativeCalls({ name: "ping", input: "null" }), done], {
      tools: [doing("ping", () => "pong")],
    });
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toBe("pong");
  });

  it("may be called with an empty object by code", async () => {
    const list = tool({
      name: "list",
      description: "Lists files.",
      input: { type: "object", properties: { path: { type: "string" } }, additionalProperties: false },
      execute: ({ path = "." }) => path,
    }) as Tool;
    const ping = doing("ping", () => "pong");
    const { agent } = agentOf([code("finalAnswer([await ping({}), await list({})])")], {
      tools: [ping, list],
      sandbox,
    });
    await using _ = agent;
    expect(await agent.run("Go.", { maxSteps: 1 })).toEqual(["pong", "."]);
  });
});
