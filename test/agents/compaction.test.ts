import { estimateMessageTokens, type Message, type ModelRequest } from "@smoltools/core";
import { ScriptedModel, type ScriptedReply } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  type AgentKind,
  bothKinds,
  kindsIn,
  nativeAnswer,
  nativeCalls,
  textTool,
  toolAgentOf,
} from "./agent-fixture.ts";

/** A tool whose answers take about 250 tokens. */
const read = textTool("read", (text) => `${text}: ${"word ".repeat(200)}`);

/** The script of a run in which the tool is called so often; summaries are answered wherever they are asked for. */
class LongRun extends ScriptedModel {
  readonly summaries: ModelRequest[] = [];

  override async *stream(...args: Parameters<ScriptedModel["stream"]>): ReturnType<ScriptedModel["stream"]> {
    const [request] = args;
    const [system] = request.messages;
    if (!JSON.stringify(system).includes("You sum up the work")) return yield* super.stream(...args);
    this.summaries.push(request);
    yield { type: "text", text: `Summary number ${this.summaries.length}.` };
    yield { type: "finish", reason: "stop" };
  }
}

function longRun(kind: AgentKind, steps: number, options: Parameters<AgentKind["make"]>[1] = {}, end?: ScriptedReply) {
  const reads = Array.from({ length: steps }, (_, nth) => kind.calls({ name: "read", input: { text: `page ${nth}` } }));
  const model = new LongRun([...reads, end ?? kind.answer("done")]);
  return { model, agent: kind.make([], { model, tools: [read], maxSteps: steps + 1, ...options }).agent };
}

/** Native calls without an answer of their own, and answers without a call. */
function unpaired(messages: readonly Message[]): string[] {
  const problems: string[] = [];
  let open: string[] = [];
  for (const message of messages) {
    if (message.role === "tool") {
      if (!open.includes(message.toolCallId)) problems.push(`answer to ${message.toolCallId}`);
      open = open.filter((id) => id !== message.toolCallId);
      continue;
    }
    problems.push(...open.map((id) => `call ${id}`));
    open = message.role === "assistant" ? (message.toolCalls ?? []).map(({ id }) => id) : [];
  }
  return [...problems, ...open.map((id) => `call ${id}`)];
}

const compaction = { maxTokens: 3_000, keepSteps: 3 };

describe.each(bothKinds)("compaction in a $title", (kind) => {
  it("keeps every request of a long run under its limit", async () => {
    const { agent, model } = longRun(kind, 30, { compaction });
    await using _ = agent;
    expect(await agent.run("Read it all.")).toBe("done");
    const sizes = [...model.requests, ...model.summaries].map(({ messages }) => estimateMessageTokens(messages));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3_000);
    expect(model.summaries.length).toBeGreaterThan(1);
    expect(model.summaries.length).toBeLessThan(20);
    model.assertDone();
  });

  it("leaves all steps in the memory, and the summaries with them", async () => {
    const { agent, model } = longRun(kind, 16, { compaction });
    await using _ = agent;
    await agent.run("Read it all.");
    expect(actionsIn(agent.memory)).toHaveLength(17);
    expect(kindsIn(agent.memory).filter((step) => step === "summary")).toHaveLength(model.summaries.length);
  });

  it("keeps calls and their answers together in every request", async () => {
    const { agent, model } = longRun(kind, 16, { compaction });
    await using _ = agent;
    await agent.run("Read it all.");
    expect(model.requests.flatMap(({ messages }) => unpaired(messages))).toEqual([]);
  });

  it("keeps the system prompt, the task and the latest steps as they are", async () => {
    const { agent, model } = longRun(kind, 16, { compaction });
    await using _ = agent;
    await agent.run("Read it all.");
    const last = model.requests.at(-1)?.messages ?? [];
    const text = JSON.stringify(last);
    expect(last[0]?.role).toBe("system");
    expect(text).toContain("Read it all.");
    expect(text).toContain(`Summary number ${model.summaries.length}.`);
    for (const nth of [13, 14, 15]) expect(text).toContain(`page ${nth}: word`);
    expect(text).not.toContain("page 0: word");
  });

  it("builds each summary on the last one", async () => {
    const { agent, model } = longRun(kind, 16, { compaction });
    await using _ = agent;
    await agent.run("Read it all.");
    const [first, second] = model.summaries.map((request) => JSON.stringify(request.messages));
    expect(first).toContain("page 0");
    expect(second).toContain("Summary number 1.");
    expect(second).not.toContain("page 0: word");
  });

  it("does nothing in a short run", async () => {
    const { agent, model } = longRun(kind, 2, { compaction: { maxTokens: 100_000 } });
    await using _ = agent;
    await agent.run("Read it all.");
    expect(model.summaries).toEqual([]);
  });

  it("asks the model that is there for it, and counts its tokens", async () => {
    const usage = { inputTokens: 5, outputTokens: 2 };
    const other = new ScriptedModel(
      Array.from({ length: 20 }, () => ({ text: "Short.", usage })),
      "small-model",
    );
    const { agent, model } = longRun(kind, 10, { compaction: { ...compaction, model: other } });
    await using _ = agent;
    await agent.run("Read it all.");
    const first = agent.memory.steps.find((step) => step.kind === "summary");
    expect(first).toMatchObject({ text: "Short.", modelId: "small-model", usage });
    expect(model.summaries).toEqual([]);
  });

  it("keeps the closing request under the limit too", async () => {
    const { agent, model } = longRun(kind, 12, { compaction, maxSteps: 12 }, "That is all I know.");
    await using _ = agent;
    expect(await agent.run("Read it all.")).toBe("That is all I know.");
    const last = model.requests.at(-1);
    expect(estimateMessageTokens(last?.messages ?? [])).toBeLessThanOrEqual(3_000);
  });

  it("goes on with the conversation after the memory was exported and imported", async () => {
    const first = longRun(kind, 12, { compaction });
    await first.agent.run("Read it all.");
    const memory = first.agent.memory.toJSON();
    await first.agent.dispose();
    const { agent, model } = kind.make([kind.answer("more")]);
    await using _ = agent;
    await agent.run("And now?", { memory });
    const text = JSON.stringify(model.requests[0]?.messages);
    expect(text).toContain(`Summary number ${first.model.summaries.length}.`);
    expect(text).toContain("And now?");
    expect(text).not.toContain("page 0: word");
  });

  it("shows a second task, and not the first one in its place", async () => {
    const { agent, model } = longRun(kind, 12, { compaction, maxSteps: 30 }, kind.answer("one"));
    await using _ = agent;
    await agent.run("First task.");
    const again = longRun(kind, 12, { compaction, maxSteps: 30 }, kind.answer("two"));
    await again.agent.run("Second task.", { memory: agent.memory });
    await again.agent.dispose();
    expect(JSON.stringify(again.model.requests.at(-1)?.messages)).toContain("New task:\\nSecond task.");
    expect(model.summaries.length).toBeGreaterThan(0);
  });

  it("of a model that says nothing does not end the run", async () => {
    const silent = new ScriptedModel(Array.from({ length: 20 }, () => []));
    const { agent } = longRun(kind, 10, { compaction: { ...compaction, model: silent } });
    await using _ = agent;
    expect(await agent.run("Read it all.")).toBe("done");
  });

  it("of a provider that fails ends the run with its error", async () => {
    const broken = new ScriptedModel([new Error("no credit")]);
    const { agent } = longRun(kind, 10, { compaction: { ...compaction, model: broken } });
    await using _ = agent;
    await expect(agent.run("Read it all.")).rejects.toThrow("no credit");
  });

  it.each([
    { maxTokens: 0 },
    { maxTokens: 499 },
    { maxTokens: Number.NaN },
    { maxTokens: 3_000, keepSteps: 0 },
    { maxTokens: 3_000, keepSteps: 1.5 },
  ])("cannot be %j", (wrong) => {
    expect(() => kind.make([], { compaction: wrong })).toThrow("compaction.");
  });
});

describe("a very long summary", () => {
  it("does not make each later step sum up again", async () => {
    const wordy = new ScriptedModel(Array.from({ length: 40 }, () => "much ".repeat(10_000)));
    const reads = Array.from({ length: 40 }, () => nativeCalls({ name: "read", input: { text: "page" } }));
    const { agent, model } = toolAgentOf([...reads, nativeAnswer("done")], {
      tools: [read],
      maxSteps: 50,
      compaction: { maxTokens: 6_000, keepSteps: 3, model: wordy },
    });
    expect(await agent.run("Read it all.")).toBe("done");
    expect(wordy.requests.length).toBeGreaterThan(1);
    expect(wordy.requests.length).toBeLessThan(10);
    const sizes = model.requests.map(({ messages }) => estimateMessageTokens(messages));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6_000);
  });
});
