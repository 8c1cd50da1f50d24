import { OpenAIModel } from "@smoltools/adapters/models/openai";
import { CodeAgent, Memory, ToolCallingAgent } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { add, code, sandbox } from "./agent-fixture.ts";
import { chatCompletionsServer } from "./chat-completions-server.ts";

const call = (id: string, name: string, input: unknown): { id: string; name: string; arguments: string } => ({
  id,
  name,
  arguments: JSON.stringify(input),
});

const modelAt = (baseUrl: string): OpenAIModel => new OpenAIModel({ model: "test-model", baseUrl, retries: 0 });

describe("an agent on a server of OpenAI's format", () => {
  it("writes code, sees what came of it and answers", async () => {
    await using server = await chatCompletionsServer([
      code("const sum = await add(2, 3); console.log('sum', sum)"),
      code("finalAnswer(sum * 2)"),
    ]);
    await using agent = new CodeAgent({ model: modelAt(server.baseUrl), sandbox, tools: [add] });
    const result = await agent.run("Add 2 and 3, then double it.", { returnFullResult: true });
    expect(result).toMatchObject({ output: 10, state: "success", usage: { inputTokens: 200, outputTokens: 20 } });
    expect(server.requests[1]?.messages.at(-1)).toMatchObject({
      role: "user",
      content: expect.stringContaining("sum 5"),
    });
  });

  it("calls tools natively, in parallel, with every call answered under its id", async () => {
    await using server = await chatCompletionsServer([
      [call("call_b", "add", { a: 1, b: 2 }), call("call_a", "add", { a: 3, b: 4 })],
      [call("call_c", "final_answer", { answer: "3 and 7" })],
    ]);
    const agent = new ToolCallingAgent({ model: modelAt(server.baseUrl), tools: [add] });
    expect(await agent.run("Add them.")).toBe("3 and 7");
    const [first, second] = server.requests;
    expect(first).toMatchObject({ tool_choice: "required" });
    expect(first?.tools?.map((tool) => tool.function.name)).toEqual(["add", "final_answer"]);
    expect(second?.messages.slice(-3)).toMatchObject([
      { role: "assistant", tool_calls: [{ id: "call_b" }, { id: "call_a" }] },
      { role: "tool", tool_call_id: "call_b", content: "3" },
      { role: "tool", tool_call_id: "call_a", content: "7" },
    ]);
  });

  it("keeps the protocol when calls fail, are refused, or come with the final answer", async () => {
    await using server = await chatCompletionsServer([
      [call("1", "add", { a: 1 }), call("2", "nothing", {}), { id: "3", name: "add", arguments: '{"a": 1,' }],
      [call("4", "final_answer", { answer: 1 }), call("5", "add", { a: 1, b: 1 })],
      "I say nothing that calls a tool.",
      [call("6", "final_answer", { answer: "done" })],
    ]);
    const agent = new ToolCallingAgent({ model: modelAt(server.baseUrl), tools: [add] });
    expect(await agent.run("Try.")).toBe("done");
    expect(agent.memory.steps.filter((step) => step.kind === "action")).toHaveLength(4);
  });

  it("asks for its answer in a conversation without native calls when the steps run out", async () => {
    await using server = await chatCompletionsServer([[call("1", "add", { a: 1, b: 2 })], "It is 3."]);
    const agent = new ToolCallingAgent({ model: modelAt(server.baseUrl), tools: [add], maxSteps: 1 });
    expect(await agent.run("Add.", { returnFullResult: true })).toMatchObject({
      output: "It is 3.",
      state: "max-steps",
    });
    expect(server.requests[1]?.messages.every((message) => !message.tool_calls)).toBe(true);
  });

  it("goes on in another agent from an exported memory with native calls", async () => {
    await using server = await chatCompletionsServer([
      [call("1", "add", { a: 1, b: 2 })],
      [call("2", "final_answer", { answer: 3 })],
      [call("3", "final_answer", { answer: "as before: 3" })],
    ]);
    const options = { model: modelAt(server.baseUrl), tools: [add] };
    const first = new ToolCallingAgent(options);
    await first.run("Add 1 and 2.");
    const memory: unknown = JSON.parse(JSON.stringify(first.memory));
    const second = new ToolCallingAgent(options);
    expect(await second.run("And again?", { memory: Memory.fromJSON(memory) })).toBe("as before: 3");
    expect(server.requests[2]?.messages.map(({ role }) => role)).toEqual([
      "system",
      "user",
      "assistant",
      "tool",
      "assistant",
      "tool",
      "user",
    ]);
  });
});
