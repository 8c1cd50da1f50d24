import { CodeAgent, Memory, type TokenUsage, ToolCallingAgent } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { replay } from "../../packages/core/src/agents/report/replay.ts";
import { add, agentOf, code, sandbox } from "./agent-fixture.ts";

const usage: TokenUsage = { inputTokens: 100, outputTokens: 50 };

/** What a replay writes, without times. */
function replayOf(memory: Pick<Memory, "steps">, options: { detailed?: boolean } = {}): string {
  let text = "";
  replay(memory, { write: (more) => (text += more), ...options });
  return text.replaceAll(/\d+ ms|\d+\.\d s/g, "TIME");
}

/** The memory of a manager whose helper added two numbers. */
async function managersMemory(): Promise<Memory> {
  const helper = new ToolCallingAgent({
    model: new ScriptedModel([
      [
        { type: "tool-call", index: 0, id: "a", name: "add", arguments: '{"a":1,"b":2}' },
        { type: "usage", usage },
        { type: "finish", reason: "tool-calls" },
      ],
      [
        { type: "tool-call", index: 0, id: "b", name: "final_answer", arguments: '{"answer":3}' },
        { type: "usage", usage },
        { type: "finish", reason: "tool-calls" },
      ],
    ]),
    tools: [add],
    name: "helper",
    description: "Adds.",
  });
  const answer = code("finalAnswer(await helper('What is 1 + 2?'))");
  const model = new ScriptedModel([
    { text: "1. Ask helper.", usage },
    { text: answer, usage },
  ]);
  await using agent = new CodeAgent({ model, sandbox, managedAgents: [helper], planningInterval: 5 });
  await agent.run("Have it added.");
  return agent.memory;
}

describe("replay", () => {
  it("contains the task and the outputs (case 34)", async () => {
    const { agent } = agentOf([code("console.log('sum', await add(1, 2))"), code("finalAnswer('It is 3.')")]);
    await using _ = agent;
    await agent.run("What is 1 + 2?");
    expect(replayOf(agent.memory)).toMatchInlineSnapshot(`
      "── New task ────────────────────────────────────────────────────────────────────
      Task
        What is 1 + 2?
      ── Step 1 ──────────────────────────────────────────────────────────────────────
        Thought: go on.
      Code
        console.log('sum', await add(1, 2))
      Call call_1_1: add({"a":1,"b":2})
      Observation
        Printed:
        sum 3
      Step 1 | Duration TIME | Tokens: not told by the provider
      ── Step 2 ──────────────────────────────────────────────────────────────────────
        Thought: go on.
      Code
        finalAnswer('It is 3.')
      Final answer
        It is 3.
      Step 2 | Duration TIME | Tokens: not told by the provider
      "
    `);
  });

  it("shows plans, and the runs of managed agents with the calls that asked for them", async () => {
    expect(replayOf(await managersMemory())).toMatchInlineSnapshot(`
      "── New task ────────────────────────────────────────────────────────────────────
      Task
        Have it added.
      ── Plan ────────────────────────────────────────────────────────────────────────
        1. Ask helper.
      Plan | Duration TIME | Input tokens: 100 | Output tokens: 50 | Total tokens: 150
      ── Step 1 ──────────────────────────────────────────────────────────────────────
        Thought: go on.
      Code
        finalAnswer(await helper('What is 1 + 2?'))
      Call call_1_1: helper({"task":"What is 1 + 2?"})
        helper call_1_1 │ ── New task ────────────────────────────────────────────────
        helper call_1_1 │ Task
        helper call_1_1 │   You are "helper", and another agent, your manager, gives you this task:
        helper call_1_1 │   What is 1 + 2?
        helper call_1_1 │
        helper call_1_1 │   Your final answer is all that your manager gets. Put these parts into it:
        helper call_1_1 │   ### Outcome in short
        helper call_1_1 │   ### Outcome in detail
        helper call_1_1 │   ### What else your manager should know
        helper call_1_1 │   If you cannot do the task, report all the same: what you tried, and what you found out.
        helper call_1_1 │ ── Step 1 ──────────────────────────────────────────────────
        helper call_1_1 │ Call call_1_1: add({"a":1,"b":2})
        helper call_1_1 │ Answer to add
        helper call_1_1 │   3
        helper call_1_1 │ Step 1 | Duration TIME | Input tokens: 100 | Output tokens: 50 | Total tokens: 150
        helper call_1_1 │ ── Step 2 ──────────────────────────────────────────────────
        helper call_1_1 │ Final answer
        helper call_1_1 │   3
        helper call_1_1 │ Step 2 | Duration TIME | Input tokens: 100 | Output tokens: 50 | Total tokens: 300
      Final answer
        Report of the agent "helper":
        3
      Step 1 | Duration TIME | Input tokens: 100 | Output tokens: 50 | Total tokens: 600
      "
    `);
  });

  it("shows an imported memory as the one that was exported", async () => {
    const memory = await managersMemory();
    const imported = Memory.fromJSON(JSON.parse(JSON.stringify(memory)));
    expect(replayOf(imported, { detailed: true })).toBe(replayOf(memory, { detailed: true }));
  });

  it("shows errors and the calls that failed", async () => {
    const { agent } = agentOf([code("await add('one')"), code("finalAnswer(1)")]);
    await using _ = agent;
    await agent.run("Go.");
    const text = replayOf(agent.memory);
    expect(text).toContain('Call call_1_1: add({"a":"one"})\nFailed call_1_1: add (TIME): add was called with wrong');
    expect(text).toContain("Error in step 1 (SANDBOX_EXCEPTION): ToolInputError: ");
  });

  it("shows a step that was cut short", async () => {
    const { agent } = agentOf([new Error("No network.")]);
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toThrow("No network.");
    expect(replayOf(agent.memory)).toContain("Error in step 1 (AGENT_FAILED): No network.");
  });

  it("shows system prompt and thoughts when they are asked for", async () => {
    const { agent } = agentOf([
      [
        { type: "reasoning", text: "Secretly." },
        { type: "text", text: code("finalAnswer(1)") },
        { type: "finish", reason: "stop" },
      ],
    ]);
    await using _ = agent;
    await agent.run("Go.");
    expect(replayOf(agent.memory)).not.toMatch(/System prompt|Secretly/);
    expect(replayOf(agent.memory, { detailed: true })).toMatch(/^System prompt\n {2}[^]*\nReasoning\n {2}Secretly\.\n/);
  });

  it("refuses a step of an unknown kind (case 116)", () => {
    const steps = [{ kind: "dream", toMessages: () => [] }] as unknown as Memory["steps"];
    expect(() => replayOf({ steps })).toThrow('a step of the unknown kind "dream"');
  });
});
