import { describe, expect, it } from "vitest";
import { ActionStep } from "../../memory/action-step.ts";
import type { MemoryStep } from "../../memory/step.ts";
import type { TokenUsage } from "../../messages/token-usage.ts";
import { ScriptedModel } from "../../testing/scripted-model.ts";
import type { ModelDelta } from "../../model/model.ts";
import type { AgentResult } from "../agent-result.ts";
import { ToolCallingAgent } from "../tool-calling-agent.ts";
import { runCost } from "./run-cost.ts";
import { runSummary } from "./run-summary.ts";
import { memoryUsageByModel } from "./memory-usage-by-model.ts";

const usage = (inputTokens: number, outputTokens: number): TokenUsage => ({ inputTokens, outputTokens });

function call(name: string, input: object, tokens?: TokenUsage): ModelDelta[] {
  return [
    { type: "tool-call", index: 0, id: "a", name, arguments: JSON.stringify(input) },
    ...(tokens ? [{ type: "usage", usage: tokens } as const] : []),
    { type: "finish", reason: "tool-calls" },
  ];
}

/** A run with a plan, a mistake, and a managed agent with another model that plans, too. */
async function managedRun(
  tokensOfHelper?: TokenUsage,
): Promise<{ result: AgentResult; memory: ToolCallingAgent["memory"] }> {
  const small = new ScriptedModel(
    [{ text: "Answer.", usage: usage(5, 1) }, call("final_answer", { answer: 3 }, tokensOfHelper)],
    "small",
  );
  const helper = new ToolCallingAgent({ model: small, name: "helper", description: "Helps.", planningInterval: 1 });
  const large = new ScriptedModel(
    [
      { text: "Ask.", usage: usage(50, 10) },
      call("nobody", {}, usage(100, 20)),
      call("helper", { task: "1 + 2?" }, usage(200, 30)),
      call("final_answer", { answer: 3 }, usage(300, 40)),
    ],
    "large",
  );
  const agent = new ToolCallingAgent({ model: large, managedAgents: [helper], planningInterval: 9 });
  const result = await agent.run("Go.", { returnFullResult: true });
  return { result, memory: agent.memory };
}

function setTimes(steps: readonly MemoryStep[]): void {
  for (const step of steps) {
    if ("durationMs" in step) step.durationMs = 2_500;
    if (!(step instanceof ActionStep)) continue;
    step.modelDurationMs = 900;
    for (const { run } of step.toolCalls) setTimes(run?.steps ?? []);
  }
}

describe("runSummary", () => {
  it("shows steps, those of managed agents, plans and totals", async () => {
    const { result } = await managedRun(usage(7, 2));
    result.durationMs = 65_000;
    setTimes(result.steps);
    expect(runSummary(result)).toMatchInlineSnapshot(`
      "Step                  Duration   Model  Calls  Input  Output  Error
      1                        2.5 s  900 ms      0    100      20  AGENT_UNKNOWN_TOOL
      2                        2.5 s  900 ms      1    200      30
        helper plan            2.5 s   2.5 s             5       1
        helper 1               2.5 s  900 ms      0      7       2
      3                        2.5 s  900 ms      0    300      40
      plans and summaries                               50      10
      Total (success)      1 min 5 s              1    662     103"
    `);
  });

  it("makes no sum of tokens that were not told", async () => {
    const { result } = await managedRun();
    expect(runSummary(result)).toMatch(/\n {2}helper 1 .* \? +\?\n/);
    expect(runSummary(result)).toMatch(/\nTotal \(success\) .* \? +\?$/);
  });
});

describe("usage by model", () => {
  it("adds a memory up by model, plans and managed agents included", async () => {
    const { memory } = await managedRun(usage(7, 2));
    expect(memoryUsageByModel(memory)).toEqual({
      large: { ...usage(650, 100), complete: true },
      small: { ...usage(12, 3), complete: true },
    });
  });

  it("of a result is that of its memory, plans included", async () => {
    const { result, memory } = await managedRun(usage(7, 2));
    expect(result.usageByModel).toEqual(memoryUsageByModel(memory));
  });

  it("says where tokens were not told", async () => {
    const { memory } = await managedRun();
    expect(memoryUsageByModel(memory)["small"]).toEqual({ ...usage(5, 1), complete: false });
  });

  it("says so for a plan whose tokens were not told", async () => {
    const model = new ScriptedModel(["Answer.", call("final_answer", { answer: 3 }, usage(1, 1))]);
    const agent = new ToolCallingAgent({ model, planningInterval: 1 });
    const result = await agent.run("Go.", { returnFullResult: true });
    expect(result.usageByModel).toEqual({ "scripted-model": { ...usage(1, 1), complete: false } });
  });

  it("takes any name for a model", async () => {
    const model = new ScriptedModel([call("final_answer", { answer: 3 }, usage(1, 2))], "__proto__");
    const agent = new ToolCallingAgent({ model });
    await agent.run("Go.");
    expect(Object.entries(memoryUsageByModel(agent.memory))).toEqual([
      ["__proto__", { ...usage(1, 2), complete: true }],
    ]);
  });
});

describe("runCost", () => {
  const full = { ...usage(2_000_000, 500_000), complete: true };

  it("adds up what the models cost", () => {
    const prices = { a: { inputPerMillion: 1, outputPerMillion: 4 }, b: { inputPerMillion: 0, outputPerMillion: 10 } };
    expect(runCost({ a: full, b: full }, prices)).toEqual({ total: 9, byModel: { a: 4, b: 5 }, unknown: [] });
  });

  it("names the models without a price, and those whose tokens are not all known", () => {
    const prices = { part: { inputPerMillion: 1, outputPerMillion: 0 } };
    expect(runCost({ part: { ...full, complete: false }, free: full }, prices)).toEqual({
      total: 2,
      byModel: { part: 2 },
      unknown: ["part", "free"],
    });
  });

  it("finds no price in what all objects inherit", () => {
    expect(runCost({ constructor: full }, {}).unknown).toEqual(["constructor"]);
  });

  it.each([-1, Number.NaN, Infinity])("refuses the price %d", (price) => {
    expect(() => runCost({ a: full }, { a: { inputPerMillion: price, outputPerMillion: 1 } })).toThrow(
      expect.objectContaining({ code: "AGENT_CONFIG" }),
    );
  });
});
