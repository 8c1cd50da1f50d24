import type { ModelDelta } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  agentOf,
  bothKinds,
  code,
  conversation,
  lastText,
  LimitedModel,
  nativeAnswer,
  nativeCalls,
  textTool,
  toolAgentOf,
} from "./agent-fixture.ts";

const finish: ModelDelta = { type: "finish", reason: "stop" };

describe.each(bothKinds)("a model of a $title", ({ title, make, answer }) => {
  const code = title === "CodeAgent" ? "AGENT_NO_CODE" : "AGENT_NO_CALL";

  it.each<[string, ModelDelta[]]>([
    ["no piece at all", []],
    ["nothing but its end", [finish]],
    ["an empty text", [{ type: "text", text: "" }, finish]],
    ["only blanks", [{ type: "text", text: " \n\t " }, finish]],
    ["only thoughts", [{ type: "reasoning", text: "I wonder." }, finish]],
    ["only its usage", [{ type: "usage", usage: { inputTokens: 1, outputTokens: 0 } }, finish]],
  ])("that answers with %s is told so, and goes on", async (_title, deltas) => {
    const { agent, model } = make([deltas, answer(1)]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    expect(actionsIn(agent.memory)[0]?.error).toMatchObject({ code, endedRun: false });
    expect(conversation(model.requests[1])).toEqual([
      ["user", "New task:\nGo."],
      ["user", expect.stringContaining(code)],
    ]);
  });

  it("has its thoughts kept, and not shown to it as its words", async () => {
    const { agent, model } = make([[{ type: "reasoning", text: "I wonder." }, finish], answer(1)]);
    await using _ = agent;
    await agent.run("Go.");
    expect(actionsIn(agent.memory)[0]?.reasoning).toBe("I wonder.");
    expect(JSON.stringify(model.requests[1])).not.toContain("I wonder.");
  });

  it("that never answers anything ends at the limit, with an empty answer", async () => {
    const { agent, model } = make([[], [], []], { maxSteps: 2 });
    await using _ = agent;
    const { output, state } = await agent.run("Go.", { returnFullResult: true });
    expect({ output, state }).toEqual({ output: "", state: "max-steps" });
    model.assertDone();
  });

  it.each([
    ["blanks", " ".repeat(150_000)],
    ["line breaks", "\n".repeat(150_000)],
    ["opening brackets", "{".repeat(150_000)],
    ["opening lists of objects", '[{"a":'.repeat(5_000)],
    ["backticks", "```".repeat(30_000)],
    ["opened fences", "```js\n".repeat(20_000)],
    ["opening tags", "<code>\n".repeat(15_000)],
    ["quotation marks", '"'.repeat(150_000)],
    ["assignments to the answer", "finalAnswer = ".repeat(20_000)],
  ])("that answers with very many %s does not keep the program busy", async (_title, text) => {
    const { agent } = make([`x${text}x`, answer(1)]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
  });

  it.each([
    ["blanks", " ".repeat(150_000)],
    ["line breaks", "\n".repeat(150_000)],
    ["blank lines", "   \n".repeat(30_000)],
    ["a fence and blank lines", `\n\`\`\`js\n${"   \n".repeat(20_000)}`],
  ])("that writes very many %s into its code does not keep the program busy", async (_title, text) => {
    const { agent } = make([`<code>${text};x${text};\n</code>`, answer(1)]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
  });
});

describe("native calls", () => {
  it.each([
    ["a truncated object", '{"a": 1, "b": 2'],
    ["a truncated text", '{"a": "on'],
    ["words", "a = 1 and b = 2"],
    ["single quotes", "{'a': 1}"],
    ["two objects", '{"a": 1}{"b": 2}'],
  ])("with %s as arguments are not made", async (_title, input) => {
    let ran = false;
    const spy = textTool("spy", () => (ran = true));
    const { agent, model } = toolAgentOf([nativeCalls({ name: "spy", input }), nativeAnswer(1)], { tools: [spy] });
    expect(await agent.run("Go.")).toBe(1);
    expect(ran).toBe(false);
    expect(lastText(model.requests[1])).toContain("invalid JSON blob");
  });

  it("that the length limit cut off are not made, not even the complete ones", async () => {
    let ran = false;
    const spy = textTool("spy", () => (ran = true));
    const calls = nativeCalls({ name: "spy", input: { text: "a" } }, { name: "spy", input: '{"text": "b' });
    const cut: ModelDelta[] = [...calls.slice(0, -1), { type: "finish", reason: "length" }];
    const { agent, model } = toolAgentOf([cut, nativeAnswer(1)], { tools: [spy] });
    expect(await agent.run("Go.")).toBe(1);
    expect(ran).toBe(false);
    expect(conversation(model.requests[1]).filter(([role]) => role === "tool")).toHaveLength(2);
    expect(lastText(model.requests[1])).toContain("cut off at the length limit");
  });

  it("without a name are told that there is no such tool", async () => {
    const { agent, model } = toolAgentOf([nativeCalls({ name: "", input: {} }), nativeAnswer(1)]);
    expect(await agent.run("Go.")).toBe(1);
    expect(lastText(model.requests[1])).toContain('no tool called ""');
  });

  it.each(["toString", "constructor", "__proto__", "hasOwnProperty"])("of %s are told the same", async (name) => {
    const { agent, model } = toolAgentOf([nativeCalls({ name, input: {} }), nativeAnswer(1)]);
    expect(await agent.run("Go.")).toBe(1);
    expect(lastText(model.requests[1])).toContain(`no tool called "${name}"`);
  });
});

describe("an answer of JSON with code", () => {
  const structured = (value: unknown): string => JSON.stringify(value);

  it("asks for that form, and runs the code", async () => {
    const { agent, model } = agentOf([structured({ thought: "t", code: "finalAnswer(await add(1, 2))" })], {
      structured: true,
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(3);
    expect(model.requests[0]?.responseFormat?.schema).toMatchObject({ required: ["thought", "code"] });
  });

  it.each([
    ["is cut off", '{"thought": "t", "code": "finalAnsw'],
    ["has no code", structured({ thought: "t" })],
    ["has code that is no text", structured({ thought: "t", code: 42 })],
    ["has empty code", structured({ thought: "t", code: "  " })],
    ["is a list", structured(["finalAnswer(1)"])],
    ["is null", "null"],
    ["is no JSON", "Let me think."],
    ["is empty", ""],
  ])("that %s is told so, and the run goes on", async (_title, text) => {
    const { agent, model } = agentOf([text, structured({ thought: "t", code: "finalAnswer(1)" })], {
      structured: true,
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    expect(lastText(model.requests[1])).toContain("AGENT_BAD_JSON");
  });

  it("cannot be asked of a model that has no such answers (case 62)", () => {
    const model = new LimitedModel([], { structuredOutput: false });
    expect(() => agentOf([], { model, structured: true })).toThrow("has no structured output");
  });
});

describe("a plain answer", () => {
  it("in words tells the model how to write code (case 64)", async () => {
    const { agent, model } = agentOf(["Wrong blob!", code("finalAnswer(1)")]);
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toMatch(/holds no code[\s\S]*<code>[\s\S]*<\/code>/);
  });

  it("in a fence is run where the tags are missing (case 64)", async () => {
    const { agent } = agentOf(["Here:\n```js\nfinalAnswer(await add(1, 2));\n```"]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(3);
  });
});
