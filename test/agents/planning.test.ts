import type { AgentEvent, ModelDelta } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { actionsIn, bothKinds, conversation, kindsIn, lastText, rejectionOf, systemText } from "./agent-fixture.ts";

const plan = "### Plan\n1. Look.\n2. Answer.\n<end_plan>";

/** What happened, without the pieces. */
const outline = (event: AgentEvent): string =>
  event.type === "model-request" || event.type === "model-reply" ? `${event.type} ${event.purpose}` : event.type;

describe.each(bothKinds)("planning of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "add", input: { a: 1, b: 2 } });

  it("comes before the first step, and its events in order before those of the step", async () => {
    const { agent } = make([plan, step, answer(1)], { planningInterval: 5 });
    await using _ = agent;
    const seen: string[] = [];
    for await (const event of agent.stream("Go.")) {
      if (!["model-delta", "code", "output"].includes(event.type)) seen.push(outline(event));
    }
    const asked = ["step-start", "model-request step", "model-reply step"];
    const plans = ["model-request plan", "model-reply plan", "plan"];
    expect(seen).toEqual([...plans, ...asked, "tool-call", "tool-result", "step", ...asked, "step", "result"]);
  });

  it("comes again after each interval", async () => {
    const { agent } = make([plan, step, step, plan, step, step, plan, answer(1)], { planningInterval: 2 });
    await using _ = agent;
    await agent.run("Go.");
    const twoSteps = ["planning", "action", "action"];
    expect(kindsIn(agent.memory)).toEqual(["task", ...twoSteps, ...twoSteps, "planning", "action"]);
  });

  it("does not come without an interval", async () => {
    const { agent } = make([step, answer(1)]);
    await using _ = agent;
    await agent.run("Go.");
    expect(kindsIn(agent.memory)).not.toContain("planning");
  });

  it("asks for the first plan in one message of the user, with the task and the tools (case 28)", async () => {
    const { agent, model } = make([plan, answer(1)], { planningInterval: 5 });
    await using _ = agent;
    await agent.run("Count the ships.");
    expect(model.requests[0]?.messages.map(({ role }) => role)).toEqual(["user"]);
    expect(lastText(model.requests[0])).toMatch(/function add\([\s\S]*Count the ships\./);
    expect(model.requests[0]?.stop).toEqual(["<end_plan>"]);
    expect(model.requests[0]).not.toHaveProperty("tools");
  });

  it("asks for later plans with a system message, what was done, and the steps that are left (case 28)", async () => {
    const { agent, model } = make([plan, step, plan, answer(1)], { planningInterval: 1, maxSteps: 7 });
    await using _ = agent;
    await agent.run("Count the ships.");
    const roles = model.requests[2]?.messages.map(({ role }) => role) ?? [];
    expect(roles[0]).toBe("system");
    expect(roles.at(-1)).toBe("user");
    expect(roles).toHaveLength(roles.filter((role) => role !== "tool").length);
    expect(systemText(model.requests[2])).toContain("Count the ships.");
    expect(lastText(model.requests[2])).toContain("At most 6 steps are left");
    expect(JSON.stringify(model.requests[2])).not.toMatch(/\{\{|\{remaining/);
  });

  it("leaves the earlier plan out of the request for a new one", async () => {
    const { agent, model } = make(["Old plan.<end_plan>", step, "New plan.<end_plan>", answer(1)], {
      planningInterval: 1,
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(JSON.stringify(model.requests[2])).not.toContain("Old plan.");
    expect(JSON.stringify(model.requests[3])).toMatch(/Old plan\.[\s\S]*New plan\./);
  });

  it("looks back on the work of an earlier run where a conversation goes on", async () => {
    const first = make([answer(1)]);
    await first.agent.run("First.");
    const memory = first.agent.memory.toJSON();
    await first.agent.dispose();
    const { agent, model } = make([plan, answer(2)], { planningInterval: 5 });
    await using _ = agent;
    await agent.run("Second.", { memory });
    expect(model.requests[0]?.messages[0]?.role).toBe("system");
    expect(JSON.stringify(model.requests[0])).toMatch(/First\.[\s\S]*Second\./);
  });

  it("shows the plan to the model as its own words, without the mark", async () => {
    const { agent, model } = make([plan, answer(1)], { planningInterval: 5 });
    await using _ = agent;
    await agent.run("Go.");
    const [, said, proceed] = conversation(model.requests[1]);
    expect(said).toEqual(["assistant", "My plan:\n### Plan\n1. Look.\n2. Answer."]);
    expect(proceed?.[0]).toBe("user");
  });

  it.each<[string, string, string | undefined]>([
    ["without its end mark", "1. Look.\n2. Answer.", "1. Look.\n2. Answer."],
    ["with words behind its end mark", "1. Look.<end_plan> And then?", "1. Look."],
    ["with nothing but the mark", "<end_plan>", undefined],
    ["of blanks", " \n ", undefined],
    ["of nothing", "", undefined],
  ])("takes a plan %s", async (_title, text, kept) => {
    const { agent, model } = make([text, answer(1)], { planningInterval: 5 });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    expect(agent.memory.steps[2]).toMatchObject({ kind: "planning", plan: kept });
    for (const { content } of model.requests[1]?.messages ?? []) expect(content.length).toBeGreaterThan(0);
    expect(conversation(model.requests[1])).toHaveLength(kept === undefined ? 1 : 3);
  });

  it("takes a plan of thoughts alone for none", async () => {
    const thoughts: ModelDelta[] = [
      { type: "reasoning", text: "Hm." },
      { type: "finish", reason: "stop" },
    ];
    const { agent } = make([thoughts, answer(1)], { planningInterval: 5 });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    expect(agent.memory.steps[2]).toMatchObject({ plan: undefined, reasoning: "Hm." });
  });

  it("that the provider fails ends the run, and leaves a step that says so", async () => {
    const { agent } = make([new Error("no credit")], { planningInterval: 5 });
    await using _ = agent;
    expect(await rejectionOf(agent.run("Go."))).toMatchObject({ message: "no credit" });
    expect(agent.memory.steps.at(-1)).toMatchObject({ kind: "planning", error: { endedRun: true } });
  });

  it("counts with its tokens, and not with its steps", async () => {
    const usage = { inputTokens: 10, outputTokens: 1 };
    const { agent } = make([{ text: plan, usage }, answer(1)], { planningInterval: 1, maxSteps: 1 });
    await using _ = agent;
    const result = await agent.run("Go.", { returnFullResult: true });
    expect(result).toMatchObject({ state: "success", steps: [{ number: 1 }] });
    expect(agent.memory.steps[2]).toMatchObject({ kind: "planning", usage });
    expect(actionsIn(agent.memory)).toHaveLength(1);
  });

  it.each([0, -1, 0.5, Number.NaN])("cannot have the interval %d", (planningInterval) => {
    expect(() => make([], { planningInterval })).toThrow("planningInterval");
  });
});
