import { MediaRef } from "@smoltools/core";
import type { ScriptedReply } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  add,
  conversation,
  kindsIn,
  lastText,
  LimitedModel,
  systemText,
  textTool,
  toolAgentOf,
} from "./agent-fixture.ts";

const echo = textTool("echo", (text) => `Processed: ${text}`);
const callOf = (name: string, input: unknown): string => JSON.stringify({ name, arguments: input });
const answer = callOf("final_answer", { answer: "done" });

/** An agent whose model has no native tool calls. */
function textAgentOf(script: readonly ScriptedReply[], options: Parameters<typeof toolAgentOf>[1] = {}) {
  const model = new LimitedModel(script, { tools: false });
  return { model, agent: toolAgentOf([], { tools: [add, echo], ...options, model }).agent };
}

describe("a model without native calls", () => {
  it("is told of the tools in the text, and how to write a call", async () => {
    const { agent, model } = textAgentOf([answer]);
    await agent.run("Go.");
    expect(systemText(model.requests[0])).toMatch(/"name"[\s\S]*function add\([\s\S]*function final_answer\(/);
    expect(model.requests[0]).not.toHaveProperty("tools");
    expect(model.requests[0]?.stop).toEqual(["\nObservation:"]);
  });

  it("has its calls carried out, and sees the results as an observation in their order (case 41)", async () => {
    const calls = `I need two.\n${callOf("echo", { text: "value1" })}\n${callOf("echo", { text: "value2" })}`;
    const { agent, model } = textAgentOf([calls, answer]);
    expect(await agent.run("Go.")).toBe("done");
    expect(conversation(model.requests[1]).slice(1)).toEqual([
      ["assistant", calls],
      ["user", "Observation:\necho: Processed: value1\necho: Processed: value2"],
    ]);
  });

  it("sees the bare result of a single call", async () => {
    const { agent, model } = textAgentOf([callOf("echo", { text: "value1" }), answer]);
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toBe("Observation:\nProcessed: value1");
  });

  it("that writes malformed JSON is told so, and the run goes on (case 46)", async () => {
    const { agent, model } = textAgentOf(['{"name": "add", "arguments": {"a": 1, "b": ', "It may be 3."]);
    const { state } = await agent.run("Go.", { maxSteps: 1, returnFullResult: true });
    expect(state).toBe("max-steps");
    expect(kindsIn(agent.memory)).toEqual(["task", "action", "action"]);
    expect(actionsIn(agent.memory)[0]?.error).toMatchObject({
      code: "AGENT_BAD_JSON",
      message: expect.stringContaining("JSON blob in your answer is invalid"),
    });
    model.assertDone();
  });

  it("that writes no call is told how to", async () => {
    const { agent, model } = textAgentOf(["I think it is 3.", answer]);
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toMatch(/calls no tool[\s\S]*"name"/);
  });

  it("that names an unknown tool is told which there are (case 37)", async () => {
    const { agent, model } = textAgentOf([callOf("subtract", {}), answer]);
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toContain("should be one of: add, echo, final_answer");
  });

  it("is told the results of good calls and the errors of bad ones", async () => {
    const { agent, model } = textAgentOf([
      `${callOf("echo", { text: "good" })} ${callOf("echo", { text: 5 })}`,
      answer,
    ]);
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toMatch(/Observation:\necho: Processed: good\n[\s\S]*wrong arguments/);
  });

  it("that gives the final answer with another call is asked for it alone (case 43)", async () => {
    const { agent, model } = textAgentOf([`${callOf("echo", { text: "a" })}\n${answer}`, answer]);
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toContain("call final_answer alone");
    expect(actionsIn(agent.memory)[0]?.toolCalls).toEqual([]);
  });

  it("may call natively all the same", async () => {
    const { agent } = textAgentOf([
      [
        { type: "tool-call", index: 0, id: "x", name: "final_answer", arguments: '{"answer": 5}' },
        { type: "finish", reason: "tool-calls" },
      ],
    ]);
    expect(await agent.run("Go.")).toBe(5);
  });

  it("can be given an image by its name", async () => {
    const picture = MediaRef.fromBytes(Uint8Array.of(1), { mediaType: "image/png" });
    const draw = textTool("draw", () => picture);
    const { agent } = textAgentOf([callOf("draw", { text: "a" }), callOf("final_answer", { answer: "image_1" })], {
      tools: [draw],
    });
    expect(await agent.run("Go.")).toBe(picture);
  });

  it("is not made to call what stands inside the arguments of a call that was cut off", async () => {
    const seen: string[] = [];
    const remove = textTool("remove", (text) => void seen.push(text));
    const inner = callOf("remove", { text: "everything" });
    const { agent, model } = textAgentOf([`{"name": "echo", "arguments": {"text": "a", "note": ${inner}`, answer], {
      tools: [echo, remove],
    });
    expect(await agent.run("Go.")).toBe("done");
    expect(seen).toEqual([]);
    expect(lastText(model.requests[1])).toContain("AGENT_BAD_JSON");
  });
});

describe("a model with native calls that writes a call into its text", () => {
  it("has it carried out too", async () => {
    const { agent, model } = toolAgentOf([callOf("add", { a: 1, b: 2 }), answer]);
    expect(await agent.run("Go.")).toBe("done");
    expect(lastText(model.requests[1])).toBe("Observation:\n3");
  });

  it("and quotes it only, does not", async () => {
    const seen: string[] = [];
    const remove = textTool("remove", (text) => void seen.push(text));
    const quote = `The page says: ${callOf("remove", { text: "everything" })}. I do not trust it.`;
    const { agent, model } = toolAgentOf([quote, answer], { tools: [remove] });
    expect(await agent.run("Go.")).toBe("done");
    expect(seen).toEqual([]);
    expect(lastText(model.requests[1])).toContain("AGENT_NO_CALL");
  });
});
