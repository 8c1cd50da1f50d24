import { ActionStep, type AgentEvent, messageText, ModelError, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { add, agentOf, code, doing, Gate } from "./agent-fixture.ts";

describe("CodeAgent", () => {
  it("runs code that calls tools, and answers", async () => {
    const { agent, model } = agentOf([
      code("const s = await add(1, 2);\nconsole.log(s);"),
      code("finalAnswer(await add({ a: s, b: 4 }))"),
    ]);
    await using _ = agent;
    expect(await agent.run("Add 1, 2 and 4.")).toBe(7);
    model.assertDone();
  });

  it("tells the model of the tools, and shows it what it saw", async () => {
    const { agent, model } = agentOf([code("console.log('six', 6)\n6 * 7"), code("finalAnswer(1)")], {
      instructions: "Be brief.",
    });
    await using _ = agent;
    await agent.run("Go.");
    const [system, taskMessage] = model.requests[0]?.messages ?? [];
    expect(system && messageText(system)).toContain(
      "function add(\n  a: number, // One.\n  b: number, // Two.\n): Promise<number>;",
    );
    expect(system && messageText(system)).toContain("Be brief.");
    expect(taskMessage && messageText(taskMessage)).toBe("New task:\nGo.");
    const [said, seen] = model.requests[1]?.messages.slice(2) ?? [];
    expect(said && messageText(said)).toContain("</code>");
    expect(seen && messageText(seen)).toBe("Observation:\nPrinted:\nsix 6\nValue: 42");
  });

  it("shows an exception with its line to the model and goes on", async () => {
    const { agent, model } = agentOf([code("const a = 1;\nnull.x;"), code("finalAnswer(a)")]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    const seen = model.requests[1]?.messages.at(-1);
    expect(seen && messageText(seen)).toMatch(/SANDBOX_EXCEPTION[\s\S]*TypeError[\s\S]*at line 2.*: null\.x;/);
  });

  it("shows wrong arguments to the model and goes on", async () => {
    const { agent, model } = agentOf([code("await add('1', 2)"), code("finalAnswer(0)")]);
    await using _ = agent;
    await agent.run("Go.");
    const seen = model.requests[1]?.messages.at(-1);
    expect(seen && messageText(seen)).toContain('- a: expected number, got "1"');
  });

  it("asks again when there is no code", async () => {
    const { agent, model } = agentOf(["The final answer is 3.", code("finalAnswer(3)")]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(3);
    const seen = model.requests[1]?.messages.at(-1);
    expect(seen && messageText(seen)).toContain("call finalAnswer(value) inside the code");
  });

  it("lets code catch what a tool throws", async () => {
    const { agent } = agentOf([code("try { await add('x', 1) } catch (e) { finalAnswer(e.message.slice(0, 13)) }")]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("add was calle");
  });

  it("takes the first final answer, even inside a try that catches everything", async () => {
    const { agent } = agentOf([code("try { finalAnswer(1) } catch {}\nfinalAnswer(2)")]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
  });

  it("asks for an answer when the steps have run out, and says so", async () => {
    const { agent, model } = agentOf([code("1"), code("2"), "It may be 3."]);
    await using _ = agent;
    const result = await agent.run("Go.", { maxSteps: 2, returnFullResult: true });
    expect(result).toMatchObject({ output: "It may be 3.", state: "max-steps" });
    expect(agent.memory.steps.map(({ kind }) => kind)).toEqual(["system-prompt", "task", "action", "action", "action"]);
    model.assertDone();
  });

  it("ends when the provider fails, and keeps what happened", async () => {
    const { agent } = agentOf([code("1"), new ModelError("no credit", { code: "MODEL_UNAUTHORIZED" })]);
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject({ code: "MODEL_UNAUTHORIZED" });
    expect(agent.memory.steps.at(-1)).toMatchObject({ kind: "action", error: { code: "MODEL_UNAUTHORIZED" } });
  });

  it("continues a conversation, with its variables, when asked not to reset", async () => {
    const { agent, model } = agentOf([code("const kept = 5; finalAnswer(1)"), code("finalAnswer(kept)")]);
    await using _ = agent;
    await agent.run("First.");
    expect(await agent.run("Second.", { reset: false })).toBe(5);
    expect(model.requests[1]?.messages.filter(({ role }) => role === "system")).toHaveLength(1);
  });

  it("starts afresh otherwise", async () => {
    const { agent } = agentOf([code("var gone = 5; finalAnswer(1)"), code("finalAnswer(typeof gone)")]);
    await using _ = agent;
    await agent.run("First.");
    expect(await agent.run("Second.")).toBe("undefined");
  });

  it("gives code the additional arguments as variables", async () => {
    const { agent, model } = agentOf([code("finalAnswer(rows.length + Number(name))")]);
    await using _ = agent;
    expect(await agent.run("Go.", { additionalArgs: { rows: [1, 2], name: "40" } })).toBe(42);
    const asked = model.requests[0]?.messages.at(-1);
    expect(asked && messageText(asked)).toContain('- rows: [1,2]\n- name: "40"');
  });

  it("hands the run's context to tools, and never to the model", async () => {
    let seen: unknown;
    const spy = tool({ name: "spy", description: "Looks.", execute: (_input, { context }) => void (seen = context) });
    const { agent, model } = agentOf([code("await spy(); finalAnswer(1)")], { tools: [spy] });
    await using _ = agent;
    await agent.run("Go.", { context: { user: "u-1234" } });
    expect(seen).toEqual({ user: "u-1234" });
    expect(JSON.stringify(model.requests)).not.toContain("u-1234");
  });

  it("tells what happens in order", async () => {
    const { agent } = agentOf([code("console.log('hi'); finalAnswer(await add(1, 1))")]);
    await using _ = agent;
    const seen: string[] = [];
    for await (const event of agent.stream("Go.")) if (event.type !== "model-delta") seen.push(event.type);
    expect(seen.filter((type) => type !== "output")).toEqual([
      "step-start",
      "model-request",
      "model-reply",
      "code",
      "tool-call",
      "tool-result",
      "step",
      "result",
    ]);
    expect(seen).toContain("output");
  });

  it("writes calls down in the order in which they began, with their outcome", async () => {
    const { agent } = agentOf([code("await Promise.allSettled([add(1, 2), add('x', 2)]); finalAnswer(0)")]);
    await using _ = agent;
    await agent.run("Go.");
    const step = agent.memory.steps.at(-1);
    expect(step instanceof ActionStep && step.toolCalls).toMatchObject([
      { id: "call_1_1", tool: "add", input: { a: 1, b: 2 } },
      { id: "call_1_2", tool: "add", input: { a: "x", b: 2 }, error: expect.stringContaining("wrong arguments") },
    ]);
  });

  it("runs tool calls of one Promise.all at the same time", async () => {
    let waiting = 0;
    const all = new Gate();
    const meet = doing("meet", () => {
      waiting += 1;
      if (waiting === 3) all.open();
      return all.opened;
    });
    const { agent } = agentOf([code("await Promise.all([meet(), meet(), meet()]); finalAnswer(1)")], { tools: [meet] });
    await using _ = agent;
    expect(await agent.run("Go.", { maxSteps: 1 })).toBe(1);
  });

  it("ends cleanly when the reader stops early, and can be used again", async () => {
    const { agent } = agentOf([code("await add(1, 2)"), code("finalAnswer(1)")]);
    await using _ = agent;
    for await (const event of agent.stream("Go.")) if (event.type === "tool-call") break;
    expect(await agent.run("Again.")).toBe(1);
  });

  it("ends with the signal's reason in the middle of a tool call", async () => {
    const abort = new AbortController();
    const stuck = tool({
      name: "stuck",
      description: "Never ends by itself.",
      execute: (_input, { signal }) => {
        queueMicrotask(() => abort.abort(new Error("enough")));
        return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("stopped"))));
      },
    });
    const { agent } = agentOf([code("await stuck()")], { tools: [stuck] });
    await using _ = agent;
    await expect(agent.run("Go.", { signal: abort.signal })).rejects.toThrow("enough");
  });

  it("refuses a second run at the same time", async () => {
    const { agent } = agentOf([code("finalAnswer(1)")]);
    await using _ = agent;
    const first = agent.run("One.");
    await expect(agent.run("Two.")).rejects.toMatchObject({ code: "AGENT_BUSY" });
    expect(await first).toBe(1);
  });

  it("refuses two tools of one name", () => {
    expect(() => agentOf([], { tools: [add, add] })).toThrow('more than one of them is called "add"');
  });

  it("counts the tokens of all steps, or of none", async () => {
    const usage = { inputTokens: 10, outputTokens: 2 };
    const { agent } = agentOf([
      { text: code("1"), usage },
      { text: code("finalAnswer(1)"), usage },
      code("finalAnswer(1)"),
    ]);
    await using _ = agent;
    const counted = await agent.run("Go.", { returnFullResult: true });
    expect(counted.usage).toEqual({ inputTokens: 20, outputTokens: 4 });
    const uncounted = await agent.run("Go.", { returnFullResult: true });
    expect(uncounted.usage).toBeUndefined();
  });

  it("lets a loop that never ends cost one step", async () => {
    const { agent } = agentOf([code("let n = 1; while (true) n++;"), code("finalAnswer(typeof n)")], {
      limits: { timeoutMs: 1_500 },
    });
    await using _ = agent;
    const events: AgentEvent[] = [];
    for await (const event of agent.stream("Go.")) events.push(event);
    const first = events.find((event) => event.type === "step");
    expect(first?.step.error?.code).toBe("SANDBOX_TIMEOUT");
    expect(events.at(-1)).toMatchObject({ type: "result", result: { output: "number" } });
  });
});
