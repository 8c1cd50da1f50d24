import { MediaRef, type ModelDelta, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  add,
  bothKinds,
  conversation,
  Gate,
  kindsIn,
  lastText,
  nativeAnswer,
  nativeCalls,
  textTool,
  toolAgentOf,
} from "./agent-fixture.ts";

const shout = textTool("shout", (text) => `Processed: ${text}`);
const answer = nativeAnswer("done");

/** What the model is told of its calls in the first step. */
async function toldOf(calls: ModelDelta[], tools = [add, shout]): Promise<string[]> {
  const { agent, model } = toolAgentOf([calls, answer], { tools });
  await agent.run("Go.");
  const messages = conversation(model.requests[1]);
  return messages.filter(([role]) => role === "tool").map(([, text]) => text);
}

describe("a call that cannot be made", () => {
  it("of an unknown tool says which ones there are (case 37)", async () => {
    const [told] = await toldOf(nativeCalls({ name: "subtract", input: {} }));
    expect(told).toMatch(/no tool called "subtract".*should be one of: add, shout, final_answer/);
  });

  it.each([
    ["no arguments", {}],
    ["another key", { word: "a" }],
    ["a key that is null", { text: null }],
    ["a list for a text", { text: ["a", "b"] }],
    ["a list in place of the object", ["a"]],
    ["null in place of the object", null],
    ["a number in place of the object", 3],
    ["one key more", { text: "a", more: 1 }],
  ])("with %s says what is wrong, and does not run the tool (case 40)", async (_title, input) => {
    let ran = false;
    const spy = textTool("spy", () => (ran = true));
    const [told] = await toldOf(nativeCalls({ name: "spy", input: JSON.stringify(input) }), [spy]);
    expect(told).toContain("spy was called with wrong arguments:\n- ");
    expect(ran).toBe(false);
  });

  it("with nothing at all counts as one without arguments", async () => {
    const hello = tool({ name: "hello", description: "Greets.", execute: () => "Hello." });
    expect(await toldOf(nativeCalls({ name: "hello", input: "" }), [hello])).toEqual(["Hello."]);
  });

  it("with malformed JSON is an error of the step, and the run goes on (case 46)", async () => {
    const { agent, model } = toolAgentOf([nativeCalls({ name: "add", input: '{"a": 1, "b": ' }), answer]);
    expect(await agent.run("Go.", { maxSteps: 2 })).toBe("done");
    expect(kindsIn(agent.memory)).toEqual(["task", "action", "action"]);
    expect(actionsIn(agent.memory)[0]?.error).toMatchObject({ code: "AGENT_BAD_JSON", endedRun: false });
    expect(lastText(model.requests[1])).toContain("invalid JSON blob");
  });
});

describe("a tool that fails", () => {
  const failing = textTool("lookup", () => {
    throw new Error("the index is gone");
  });

  it("is told with its name and the arguments (case 38)", async () => {
    const [told] = await toldOf(nativeCalls({ name: "lookup", input: { text: "ships" } }), [failing]);
    expect(told).toMatch(/lookup failed: the index is gone[\s\S]*lookup\(\{"text":"ships"\}\)/);
  });

  it("does not keep the other calls of the step from their results", async () => {
    const calls = nativeCalls({ name: "lookup", input: { text: "a" } }, { name: "shout", input: { text: "b" } });
    const told = await toldOf(calls, [failing, shout]);
    expect(told[0]).toContain("the index is gone");
    expect(told[1]).toBe("Processed: b");
  });

  it.each(bothKinds)("with what is no error is told all the same to a $title", async ({ make, calls, answer }) => {
    const odd = textTool("odd", () => {
      // eslint-disable-next-line no-throw-literal
      throw { reason: "odd thing" };
    });
    const { agent, model } = make([calls({ name: "odd", input: { text: "a" } }), answer(1)], { tools: [odd] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    expect(JSON.stringify(conversation(model.requests[1]))).toContain("odd thing");
  });
});

describe("several calls in one answer", () => {
  it("are answered in the order of the calls, whichever ends first (case 41)", async () => {
    const second = new Gate();
    const slow = textTool("slow", async (text) => {
      if (text === "value1") await second.opened;
      else second.open();
      return `Processed: ${text}`;
    });
    const calls = nativeCalls({ name: "slow", input: { text: "value1" } }, { name: "slow", input: { text: "value2" } });
    expect(await toldOf(calls, [slow])).toEqual(["Processed: value1", "Processed: value2"]);
  });

  it("arrive in fragments and are carried out with the JSON put together (case 44)", async () => {
    const pieces: ModelDelta[] = [
      { type: "tool-call", index: 0, id: "x", name: "shout", arguments: '{"te' },
      { type: "tool-call", index: 1, id: "y", name: "add" },
      { type: "tool-call", index: 0, arguments: 'xt": "a' },
      { type: "tool-call", index: 1, arguments: '{"a": 1, "b"' },
      { type: "tool-call", index: 0, arguments: '"}' },
      { type: "tool-call", index: 1, arguments: ": 2}" },
      { type: "finish", reason: "tool-calls" },
    ];
    expect(await toldOf(pieces)).toEqual(["Processed: a", "3"]);
  });

  it("with the final answer among them are refused, all of them (case 43)", async () => {
    let ran = false;
    const spy = textTool("spy", () => (ran = true));
    const calls = nativeCalls(
      { name: "spy", input: { text: "a" } },
      { name: "final_answer", input: { answer: "too early" } },
    );
    const told = await toldOf(calls, [spy]);
    expect(told).toHaveLength(2);
    for (const text of told) expect(text).toContain("call final_answer alone");
    expect(ran).toBe(false);
  });

  it("of more than ten keep their order and their ids", async () => {
    const wanted = Array.from({ length: 12 }, (_, index) => ({
      name: "shout",
      input: { text: `v${index}` },
      id: `call_${index}`,
    }));
    const { agent, model } = toolAgentOf([nativeCalls(...wanted), answer], { tools: [shout] });
    await agent.run("Go.");
    const told = (model.requests[1]?.messages ?? []).filter((message) => message.role === "tool");
    expect(told.map(({ toolCallId }) => toolCallId)).toEqual(wanted.map(({ id }) => id));
    expect(told.map(({ content }) => content)).toEqual(
      wanted.map(({ input }) => [{ type: "text", text: `Processed: ${input.text}` }]),
    );
  });

  it("with one id are all carried out, and told under that id", async () => {
    const calls = nativeCalls(
      { name: "shout", input: { text: "a" }, id: "same" },
      { name: "shout", input: { text: "b" }, id: "same" },
    );
    const { agent, model } = toolAgentOf([calls, answer], { tools: [shout] });
    await agent.run("Go.");
    const messages = model.requests[1]?.messages ?? [];
    const told = messages.filter((message) => message.role === "tool");
    const asked = messages.flatMap((message) => (message.role === "assistant" ? (message.toolCalls ?? []) : []));
    expect(told.map(({ content }) => content)).toEqual([
      [{ type: "text", text: "Processed: a" }],
      [{ type: "text", text: "Processed: b" }],
    ]);
    expect(asked.map(({ id }) => id)).toEqual(["same", "same"]);
    expect(told.map(({ toolCallId }) => toolCallId)).toEqual(["same", "same"]);
  });

  it("of which there are 50 are never carried out by more than the limit at once, in order", async () => {
    let running = 0;
    let most = 0;
    const busy = textTool("busy", async (text) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return text;
    });
    const wanted = Array.from({ length: 50 }, (_, index) => ({ name: "busy", input: { text: String(index) } }));
    const { agent, model } = toolAgentOf([nativeCalls(...wanted), answer], { tools: [busy], maxParallelCalls: 7 });
    await agent.run("Go.");
    expect(most).toBe(7);
    const told = conversation(model.requests[1]).filter(([role]) => role === "tool");
    expect(told.map(([, text]) => text)).toEqual(wanted.map(({ input }) => input.text));
    expect(actionsIn(agent.memory)[0]?.toolCalls.map(({ input }) => input)).toEqual(wanted.map(({ input }) => input));
  });

  it.each([0, -1, 1.5, Number.NaN])("cannot have the limit %d", (maxParallelCalls) => {
    expect(() => toolAgentOf([], { maxParallelCalls })).toThrow("maxParallelCalls");
  });
});

describe("native messages", () => {
  it("pair each call with its answer in the role of a tool", async () => {
    const { agent, model } = toolAgentOf([nativeCalls({ name: "add", input: { a: 1, b: 2 }, id: "abc" }), answer]);
    await agent.run("Go.");
    expect(model.requests[1]?.messages.slice(2)).toEqual([
      { role: "assistant", content: [], toolCalls: [{ id: "abc", name: "add", arguments: '{"a":1,"b":2}' }] },
      { role: "tool", toolCallId: "abc", content: [{ type: "text", text: "3" }] },
    ]);
  });

  it("offer each tool with its schema, and ask for a call", async () => {
    const { agent, model } = toolAgentOf([answer]);
    await agent.run("Go.");
    const { tools, toolChoice } = model.requests[0] ?? {};
    expect(tools?.map(({ name }) => name)).toEqual(["add", "final_answer"]);
    expect(tools?.[0]).toMatchObject({ description: add.description, inputSchema: add.inputSchema });
    expect(toolChoice).toBe("required");
  });

  it("leave the choice to the model where the agent is told so", async () => {
    const { agent, model } = toolAgentOf([answer], { toolChoice: "auto" });
    await agent.run("Go.");
    expect(model.requests[0]?.toolChoice).toBe("auto");
  });
});

describe("an image that a tool returns", () => {
  const picture = MediaRef.fromBytes(Uint8Array.of(1, 2, 3), { mediaType: "image/png" });
  const draw = textTool("draw", () => picture);

  it("is stored under a name that the model is told, and can be the answer (case 47)", async () => {
    const { agent, model } = toolAgentOf(
      [nativeCalls({ name: "draw", input: { text: "a ship" } }), nativeAnswer("image_1")],
      { tools: [draw] },
    );
    expect(await agent.run("Draw a ship.")).toBe(picture);
    const told = conversation(model.requests[1]).filter(([role]) => role === "tool");
    expect(told).toEqual([["tool", expect.stringContaining('stored as "image_1"')]]);
  });

  it("is shown to the model once", async () => {
    const { agent, model } = toolAgentOf([nativeCalls({ name: "draw", input: { text: "a" } }), answer], {
      tools: [draw],
    });
    await agent.run("Go.");
    const shown = (model.requests[1]?.messages ?? []).flatMap(({ content }) => content);
    expect(shown.filter(({ type }) => type === "image")).toEqual([
      { type: "image", mediaType: "image/png", data: "AQID" },
    ]);
  });

  it("can be handed to another tool by its name", async () => {
    let seen: unknown;
    const look = tool({
      name: "look",
      description: "Looks at an image.",
      input: { type: "object", properties: { image: {} }, required: ["image"] },
      execute: ({ image }) => void (seen = image),
    });
    const { agent } = toolAgentOf(
      [
        nativeCalls({ name: "draw", input: { text: "a" } }),
        nativeCalls({ name: "look", input: { image: "image_1" } }),
        answer,
      ],
      { tools: [draw, look] },
    );
    await agent.run("Go.");
    expect(seen).toBe(picture);
  });

  it("has a name again in the next run, when the tool returns the very same one", async () => {
    const script = [nativeCalls({ name: "draw", input: { text: "a" } }), nativeAnswer("image_1")];
    const { agent } = toolAgentOf([...script, ...script], { tools: [draw] });
    expect(await agent.run("Go.")).toBe(picture);
    expect(await agent.run("Go.")).toBe(picture);
  });

  it("is two names for two images", async () => {
    const other = MediaRef.fromBytes(Uint8Array.of(4), { mediaType: "image/png" });
    const paint = textTool("paint", (text) => (text === "a" ? picture : other));
    const { agent } = toolAgentOf(
      [
        nativeCalls({ name: "paint", input: { text: "a" } }, { name: "paint", input: { text: "b" } }),
        nativeAnswer("image_2"),
      ],
      { tools: [paint] },
    );
    expect(await agent.run("Go.")).toBe(other);
  });
});
