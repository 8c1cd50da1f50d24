import { estimateMessageTokens, Memory, TaskStep, textMessage } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import {
  agentOf,
  bothKinds,
  code,
  conversation,
  lastText,
  nativeAnswer,
  nativeCalls,
  textTool,
  toolAgentOf,
} from "./agent-fixture.ts";

/** All strings in a value that have half a character. */
function brokenTexts(value: unknown): string[] {
  if (typeof value === "string") return value.isWellFormed() ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(brokenTexts) : [];
}

const half = "\ud83d";
const emojis = (length: number): string => `x${"😀".repeat(length)}`;

describe("no request has half a character in it", () => {
  it("that the code printed, made its value, and gave as the answer", async () => {
    const { agent, model } = agentOf([
      code('const cut = "a😀b".slice(0, 2); console.log(cut); cut'),
      code('finalAnswer("😀".slice(1))'),
      code("finalAnswer(1)"),
    ]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("\ude00");
    await agent.run("Again.", { reset: false });
    expect(model.requests.flatMap(({ messages }) => brokenTexts(messages))).toEqual([]);
    expect(JSON.stringify(model.requests[1])).toContain("a\ufffd");
  });

  it("that the code threw", async () => {
    const { agent, model } = agentOf([code('throw new Error("a😀b".slice(0, 2))'), code("finalAnswer(1)")]);
    await using _ = agent;
    await agent.run("Go.");
    expect(brokenTexts(model.requests[1]?.messages)).toEqual([]);
  });

  it.each([0, 1])("that a long output, value or line was cut in, %d characters on", async (shift) => {
    const long = `"${"y".repeat(shift)}${emojis(12_000)}"`;
    const { agent, model } = agentOf([
      code(`console.log(${long})`),
      code(long),
      code(`undefinedFunction(${long})`),
      code("finalAnswer(1)"),
    ]);
    await using _ = agent;
    await agent.run("Go.");
    const all = JSON.stringify(model.requests);
    expect(all).not.toMatch(/\ufffd|\\ud[89a-f]/);
    expect(all).toContain("characters left out");
  });

  it("that a tool gave, or a model wrote, as arguments of a call too", async () => {
    const echo = textTool("echo", (text) => `${text} ${half}`);
    const { agent, model } = toolAgentOf(
      [
        nativeCalls({ name: "echo", input: '{"text": "\\ud83d"}' }),
        nativeCalls({ name: "echo", input: `{"text": "${half}"}` }),
        nativeAnswer(1),
      ],
      { tools: [echo] },
    );
    await using _ = agent;
    await agent.run("Go.");
    const messages = model.requests.at(-1)?.messages ?? [];
    const given = messages.flatMap((message) => (message.role === "assistant" ? (message.toolCalls ?? []) : []));
    expect(given.map(({ arguments: json }) => JSON.parse(json))).toEqual([{ text: "\ufffd" }, { text: "\ufffd" }]);
    expect(brokenTexts(messages)).toEqual([]);
  });

  it.each(bothKinds)(
    "that came with the task, its arguments, a plan or an answer of a $title",
    async ({ make, answer }) => {
      const { agent, model } = make([`Look ${half}.<end_plan>`, `I say ${half}.`, answer(1)], {
        planningInterval: 5,
        instructions: `Mind ${half}.`,
      });
      await using _ = agent;
      const memory = new Memory();
      memory.add(new TaskStep(`Before ${half}`));
      const additionalArgs = { odd: emojis(200), even: `y${emojis(200)}`, cut: half };
      await agent.run(`Go ${half}.`, { memory, additionalArgs });
      expect(model.requests.slice(1).flatMap(({ messages }) => brokenTexts(messages))).toEqual([]);
      expect(JSON.stringify(model.requests.at(-1))).toContain("I say \ufffd.");
    },
  );

  it("of any text", () => {
    expect(textMessage("user", `a${half}`)).toEqual(textMessage("user", "a\ufffd"));
  });

  it.each([0, 1])("that a long message was cut in for a summary, %d characters on", async (shift) => {
    const long = textTool("long", () => "y".repeat(shift) + emojis(3_000));
    const call = nativeCalls({ name: "long", input: { text: "" } });
    const summaries = new ScriptedModel(Array.from({ length: 9 }, () => `z${emojis(2_000)}`));
    const { agent, model } = toolAgentOf([call, call, call, nativeAnswer(1)], {
      tools: [long],
      compaction: { maxTokens: 2_500, keepSteps: 1, model: summaries },
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(summaries.requests.length).toBeGreaterThan(0);
    expect(JSON.stringify([summaries.requests, model.requests])).not.toMatch(/\ufffd|\\ud[89a-f]/);
  });

  it.each([0, 1])("that the summary of a managed agent's work was cut in, %d characters on", async (shift) => {
    const inner = agentOf([code("finalAnswer(1)")], { name: "helper", description: "Helps.", provideRunSummary: true });
    const { agent, model } = agentOf(
      [
        code(`console.log(await helper({ task: "${"y".repeat(shift)}" + "😀".repeat(15_000) }))`),
        code("finalAnswer(1)"),
      ],
      { managedAgents: [inner.agent], tools: [] },
    );
    await using _ = agent;
    await agent.run("Go.");
    expect(JSON.stringify(model.requests)).not.toMatch(/\ufffd|\\ud[89a-f]/);
  });
});

describe("compaction of steps that are long themselves", () => {
  /** A run of so many steps whose results have so many characters; summaries come from a model of their own. */
  async function longRun(steps: number, characters: number, maxTokens: number) {
    const read = textTool("read", () => "word ".repeat(characters / 5));
    const summaries = new ScriptedModel(Array.from({ length: steps }, () => "Short."));
    const script = [
      ...Array.from({ length: steps }, () => nativeCalls({ name: "read", input: { text: "" } })),
      nativeAnswer(1),
    ];
    const { agent, model } = toolAgentOf(script, {
      tools: [read],
      maxSteps: steps + 1,
      compaction: { maxTokens, model: summaries },
    });
    await agent.run("Go.");
    const sizes = model.requests.map(({ messages }) => estimateMessageTokens(messages));
    await agent.dispose();
    return { summaries: summaries.requests.length, sizes };
  }

  it("does not ask for a summary at each step that does not help", async () => {
    const { summaries } = await longRun(20, 8_000, 2_000);
    expect(summaries).toBeGreaterThan(0);
    expect(summaries).toBeLessThanOrEqual(6);
  });

  it("keeps one step only where the latest ones are above the limit, and stays below it", async () => {
    const { summaries, sizes } = await longRun(15, 3_000, 3_500);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3_500);
    expect(summaries).toBeLessThanOrEqual(8);
  });
});

describe("consecutive plans", () => {
  it.each(bothKinds)(
    "of a $title that was interrupted between plan and step are told as the latest",
    async ({ make, answer }) => {
      const { agent, model } = make(["plan A<end_plan>", "plan B<end_plan>", answer(1)], {
        planningInterval: 5,
        onStep: { planning: ({ plan }, agent) => (plan === "plan A" ? agent.interrupt() : undefined) },
      });
      await using _ = agent;
      await expect(agent.run("Go.")).rejects.toMatchObject({ code: "AGENT_INTERRUPTED" });
      await agent.run(null);
      const told = conversation(model.requests.at(-1)).map(([, text]) => text);
      expect(told.filter((text) => text.startsWith("My plan:"))).toEqual(["My plan:\nplan B"]);
    },
  );
});

describe("additional arguments of a CodeAgent", () => {
  it.each([
    "Object",
    "Array",
    "Error",
    "Promise",
    "JSON",
    "Math",
    "Map",
    "fetch",
    "finalAnswer",
    "__proto__",
    "undefined",
    "class",
  ])("cannot take the name of %s", async (name) => {
    const { agent } = agentOf([code("finalAnswer(1)")]);
    await using _ = agent;
    const additionalArgs = Object.fromEntries([[name, { a: 1 }]]);
    await expect(agent.run("Go.", { additionalArgs })).rejects.toMatchObject({
      code: "AGENT_CONFIG",
      message: expect.stringMatching(new RegExp(`"${name}" .*: use another`)),
    });
  });
});

describe("a check of the final answer", () => {
  it.each(["", " \n"])("that gives %j has nothing against it", async (verdict) => {
    const { agent } = agentOf([code("finalAnswer(1)"), code("finalAnswer(2)")], { finalAnswerChecks: [() => verdict] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
  });

  it("that gives a text refuses it for that", async () => {
    const { agent, model } = agentOf([code("finalAnswer(1)"), code("finalAnswer(2)")], {
      finalAnswerChecks: [(answer) => (answer === 1 ? "too small" : "")],
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(2);
    expect(lastText(model.requests[1])).toContain("too small");
  });
});
