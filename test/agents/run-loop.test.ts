import { ModelError, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  add,
  agentOf,
  bothKinds,
  code,
  codeKind,
  conversation,
  kindsIn,
  lastText,
  nativeAnswer,
  nativeCalls,
  systemText,
  textTool,
  toolAgentOf,
  withUsage,
} from "./agent-fixture.ts";

const power = tool({
  name: "power",
  description: "Raises a number to a power.",
  input: {
    type: "object",
    properties: { base: { type: "number" }, exponent: { type: "number" } },
    required: ["base", "exponent"],
  },
  execute: ({ base, exponent }) => (Number(base) ** Number(exponent)).toFixed(4),
});

describe("a run", () => {
  it("of tool calls gives the answer, and remembers the task and both steps (case 1)", async () => {
    const call = nativeCalls({ name: "power", input: { base: 2, exponent: 2.866 } });
    const { agent, model } = toolAgentOf([call, nativeAnswer("7.2904")], { tools: [power] });
    expect(await agent.run("What is 2 to the power of 2.866?")).toContain("7.2904");
    expect(kindsIn(agent.memory)).toEqual(["task", "action", "action"]);
    expect(conversation(model.requests[1]).at(-1)).toEqual(["tool", "7.2904"]);
    model.assertDone();
  });

  it("of code gives the answer as a number, and counts its calls (case 2)", async () => {
    const { agent } = agentOf([code("await power(2, 2.866)"), code("await power(1, 1); finalAnswer(7.2904)")], {
      tools: [power],
    });
    await using _ = agent;
    expect(await agent.run("What is 2 to the power of 2.866?")).toBe(7.2904);
    const ids = actionsIn(agent.memory).flatMap(({ toolCalls }) => toolCalls.map(({ id }) => id));
    expect(ids).toEqual(["call_1_1", "call_2_1"]);
  });

  it("takes the first final answer, even inside a try that catches everything (case 19)", async () => {
    const { agent } = agentOf([code("try { finalAnswer('one') } catch {}\nfinalAnswer('two')")]);
    await using _ = agent;
    const { output, state } = await agent.run("Go.", { returnFullResult: true });
    expect({ output, state }).toEqual({ output: "one", state: "success" });
  });
});

describe.each(bothKinds)("the loop of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "add", input: { a: 1, b: 2 } });

  it("asks for an answer after the last step, in a step of its own (case 4)", async () => {
    const { agent, model } = make([step, step, step, step, step, "It may be 3."], { maxSteps: 5 });
    await using _ = agent;
    const { output, state, steps } = await agent.run("Go.", { returnFullResult: true });
    expect({ output, state }).toEqual({ output: "It may be 3.", state: "max-steps" });
    expect(steps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(kindsIn(agent.memory)).toHaveLength(7);
    model.assertDone();
  });

  it("takes the limit of the run before that of the agent (case 5)", async () => {
    const { agent } = make([step, step, step, "It may be 3."], { maxSteps: 5 });
    await using _ = agent;
    await agent.run("Go.", { maxSteps: 3 });
    expect(kindsIn(agent.memory)).toHaveLength(5);
  });

  it("lets a failing provider end the run, and keeps the task and the step (case 22)", async () => {
    const { agent } = make([new ModelError("no credit", { code: "MODEL_UNAUTHORIZED" })]);
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject({ code: "MODEL_UNAUTHORIZED", message: "no credit" });
    expect(kindsIn(agent.memory)).toEqual(["task", "action"]);
    expect(actionsIn(agent.memory)[0]?.error).toMatchObject({ code: "MODEL_UNAUTHORIZED", endedRun: true });
  });

  it("asks for the closing answer with a system message, the memory, and the task again (case 29)", async () => {
    const { agent, model } = make([step, "It may be 3."], { maxSteps: 1 });
    await using _ = agent;
    await agent.run("Count the ships.");
    const [before, ...rest] = model.requests[1]?.messages ?? [];
    expect(before?.role).toBe("system");
    expect(rest[0]).toMatchObject({ role: "user", content: [{ text: "New task:\nCount the ships." }] });
    expect(rest.some(({ role }) => role === "system")).toBe(false);
    expect(lastText(model.requests[1])).toContain("Count the ships.");
    expect(model.requests[1]).not.toHaveProperty("tools");
  });

  it("tells no usage when one answer came without (case 31)", async () => {
    const { agent } = make([step, answer(1)]);
    await using _ = agent;
    const result = await agent.run("Go.", { returnFullResult: true });
    expect(result).not.toHaveProperty("usage");
    expect(result.steps.map(({ usage }) => usage)).toEqual([undefined, undefined]);
  });

  it("gives with the answer its state, its steps, its calls and its time", async () => {
    const { agent } = make([step, answer("yes")]);
    await using _ = agent;
    const result = await agent.run("Go.", { returnFullResult: true });
    expect(result).toMatchObject({ output: "yes", state: "success", toolCalls: 1 });
    expect(result.durationMs).toBeGreaterThanOrEqual(0);
    expect(result.steps).toEqual(actionsIn(agent.memory));
  });

  it("gives the same answer whether or not the full result is asked for", async () => {
    const { agent } = make([answer({ a: [1] }), answer({ a: [1] })]);
    await using _ = agent;
    const { output } = await agent.run("Go.", { returnFullResult: true });
    expect(await agent.run("Go.")).toEqual(output);
  });

  it("knows a tool whose answer is nothing", async () => {
    const { agent, model } = make([calls({ name: "note", input: { text: "a" } }), answer(1)], {
      tools: [textTool("note", () => undefined)],
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    expect(lastText(model.requests[1])).not.toContain("Error");
  });

  it("hands a tool the signal of the run and the id of its call", async () => {
    const seen: unknown[] = [];
    const spy = tool({
      name: "spy",
      description: "Looks.",
      execute: (_input, { signal, toolCallId, context }) => void seen.push(signal?.aborted, toolCallId, context),
    });
    const { agent } = make([calls({ name: "spy", input: {} }), answer(1)], { tools: [spy] });
    await using _ = agent;
    await agent.run("Go.", { context: "who" });
    expect(seen).toEqual([false, "call_1_1", "who"]);
  });

  it("can be used again after a failed run", async () => {
    const { agent } = make([new Error("gone"), answer(1)]);
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toThrow("gone");
    expect(await agent.run("Again.")).toBe(1);
  });

  it("passes the model's parameters on with each request", async () => {
    const { agent, model } = make([step, "3"], { maxSteps: 1, modelParameters: { maxTokens: 50, temperature: 0 } });
    await using _ = agent;
    await agent.run("Go.");
    expect(model.requests).toMatchObject([
      { maxTokens: 50, temperature: 0 },
      { maxTokens: 50, temperature: 0 },
    ]);
  });
});

describe("tokens", () => {
  it("of all answers are added up, the closing one included", async () => {
    const call = nativeCalls({ name: "add", input: { a: 1, b: 2 } });
    const { agent } = toolAgentOf([
      withUsage(call, 100, 10),
      { text: "3", usage: { inputTokens: 7, outputTokens: 3 } },
    ]);
    const result = await agent.run("Go.", { maxSteps: 1, returnFullResult: true });
    expect(result.usage).toEqual({ inputTokens: 107, outputTokens: 13 });
    expect(agent.usage).toEqual(result.usage);
  });

  it("are not those of the last run while the next one does not know them", async () => {
    const seen: unknown[] = [];
    const { agent } = toolAgentOf([withUsage(nativeAnswer(1), 1, 1), nativeAnswer(2)], {
      onStep: () => void seen.push(agent.usage),
    });
    await agent.run("One.");
    await agent.run("Two.");
    expect(seen).toEqual([{ inputTokens: 1, outputTokens: 1 }, undefined]);
  });
});

describe("without tools", () => {
  it("a model that calls tools is offered the final answer and nothing else (case 8)", async () => {
    const { agent, model } = toolAgentOf([nativeAnswer(1)], { tools: [] });
    await agent.run("Go.");
    expect(model.requests[0]?.tools?.map(({ name }) => name)).toEqual(["final_answer"]);
  });

  it("a model that writes code is told of finalAnswer and that there is nothing else (case 8)", async () => {
    const { agent, model } = agentOf([code("finalAnswer(1)")], { tools: [] });
    await using _ = agent;
    await agent.run("Go.");
    expect(systemText(model.requests[0])).toMatch(/There are no tools[\s\S]*function finalAnswer\(value: unknown\)/);
  });
});

describe("memory as code", () => {
  it("is all code of the run, one step after another", async () => {
    const { agent } = agentOf([code("const a = await add(1, 2);"), code("finalAnswer(a)")], { tools: [add] });
    await using _ = agent;
    await agent.run("Go.");
    expect(agent.memory.fullCode()).toBe("const a = await add(1, 2);\n\nfinalAnswer(a)");
  });
});

describe("observations", () => {
  it("keep what was printed before the code failed", async () => {
    const { agent, model } = agentOf([code("console.log('so far');\nnull.x"), codeKind.answer(1)]);
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toMatch(/Printed:\nso far[\s\S]*TypeError/);
  });
});
