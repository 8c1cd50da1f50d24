import { CodeAgent, type ImagePart, ToolCallingAgent } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  agentOf,
  code,
  conversation,
  nativeAnswer,
  nativeCalls,
  sandbox,
  toolAgentOf,
} from "./agent-fixture.ts";

const answer = code("finalAnswer(1)");

describe("additionalArgs", () => {
  it("that do not fit the sandbox reject with its message and their names", async () => {
    const { agent, model } = agentOf([], { limits: { memoryBytes: 16 * 1024 * 1024 } });
    await using _ = agent;
    const run = agent.run("Go.", { additionalArgs: { big: "x".repeat(40_000_000), small: 1 } });
    await expect(run).rejects.toMatchObject({
      code: "AGENT_CONFIG",
      message: expect.stringMatching(/variables big, small: SANDBOX_MEMORY: ./),
    });
    expect(model.requests).toEqual([]);
  });

  it("that are no JSON reject with what the sandbox says", async () => {
    const { agent } = agentOf([]);
    await using _ = agent;
    await expect(agent.run("Go.", { additionalArgs: { job: () => 1 } })).rejects.toMatchObject({
      code: "AGENT_CONFIG",
      message: expect.stringMatching(/variables job: .*the variable job/),
      cause: expect.objectContaining({ code: "SANDBOX_BAD_OPTIONS" }),
    });
  });

  it("are defined again after the engine was lost with all variables", async () => {
    // Joining so long an array never asks whether it should stop: only the end of the whole engine stops it.
    const hang = code("const own = 1;\nnew Array(2 ** 32 - 2).join('x');");
    const check = code("finalAnswer([rows.length, typeof own])");
    const { agent, model } = agentOf([hang, check], { limits: { timeoutMs: 1_500 } });
    await using _ = agent;
    expect(await agent.run("Go.", { additionalArgs: { rows: [1, 2] } })).toEqual([2, "undefined"]);
    const lastMessage = conversation(model.requests[1]).at(-1)?.[1];
    expect(lastMessage).toContain("The variables of earlier steps are lost");
  });

  it.each(["a-b", "", "1st", "class", "console", "finalAnswer", "add", "undefined"])(
    "cannot be called %j",
    async (name) => {
      const { agent } = agentOf([]);
      await using _ = agent;
      await expect(agent.run("Go.", { additionalArgs: { [name]: 1 } })).rejects.toMatchObject({
        code: "AGENT_CONFIG",
        message: expect.stringContaining(`"${name}"`),
      });
    },
  );

  it("that are refused leave the memory as it was", async () => {
    const { agent, model } = agentOf([answer, answer]);
    await using _ = agent;
    await agent.run("First.");
    await expect(agent.run("Wrong.", { additionalArgs: { "a-b": 1 } })).rejects.toThrow("a-b");
    await expect(agent.run("Wrong.", { reset: false, additionalArgs: { a: 1n } })).rejects.toThrow("variables a");
    await agent.run("Next.", { reset: false });
    expect(conversation(model.requests[1]).map(([, text]) => text)).toEqual([
      "New task:\nFirst.",
      answer,
      "Observation:\nFinal answer: 1",
      "New task:\nNext.",
    ]);
  });
});

describe("a run that ends once its task is in memory", () => {
  it("leaves its values to the run that goes on with it", async () => {
    const leave = new AbortController();
    const { agent } = toolAgentOf([nativeCalls({ name: "add", input: { a: "n", b: 1 } }), nativeAnswer("done")], {
      onStep: { task: () => leave.abort(new Error("enough")) },
    });
    await expect(agent.run("Go.", { additionalArgs: { n: 2 }, signal: leave.signal })).rejects.toThrow("enough");
    await agent.run(null);
    expect(actionsIn(agent.memory)[0]?.toolCalls[0]).toMatchObject({ input: { a: 2, b: 1 } });
  });
});

describe("a run that is refused with a reset", () => {
  it("keeps the values of the runs before, and the next model is told that their variables are gone", async () => {
    const { agent, model } = agentOf([
      code("const kept = 5; finalAnswer(rows.length)"),
      code("finalAnswer([typeof kept, rows.length])"),
    ]);
    await using _ = agent;
    await agent.run("First.", { additionalArgs: { rows: [1, 2] } });
    await expect(agent.run("Wrong.", { additionalArgs: { a: 1n } })).rejects.toThrow("variables a");
    expect(await agent.run("Next.", { reset: false, maxSteps: 1 })).toEqual(["undefined", 2]);
    expect(JSON.stringify(model.requests[1])).toContain("variables of earlier steps are gone");
  });
});

describe("maxSteps", () => {
  const wrong = [Number.NaN, 0, -1, 1.5, Number.POSITIVE_INFINITY];

  it.each(wrong)("of a run cannot be %d", async (maxSteps) => {
    const { agent } = agentOf([]);
    await using _ = agent;
    await expect(agent.run("Go.", { maxSteps })).rejects.toMatchObject({
      code: "AGENT_CONFIG",
      message: `maxSteps is ${maxSteps}: it must be a whole number, 1 or more`,
    });
  });

  it.each(wrong)("of an agent cannot be %d", (maxSteps) => {
    expect(() => agentOf([], { maxSteps })).toThrow("it must be a whole number, 1 or more");
  });
});

describe("images", () => {
  it("are shown once, with the task", async () => {
    const image: ImagePart = { type: "image", mediaType: "image/png", data: "iVBORw0KGgo=" };
    const { agent, model } = agentOf([code("1"), answer, answer]);
    await using _ = agent;
    await agent.run("What is it?", { images: [image] });
    await agent.run("And now?", { reset: false });
    for (const { messages } of model.requests) {
      const holders = messages.filter(({ content }) => content.some(({ type }) => type === "image"));
      expect(holders).toEqual([{ role: "user", content: [{ type: "text", text: "New task:\nWhat is it?" }, image] }]);
    }
  });
});

describe("options of a run", () => {
  it.each<[string, unknown, string]>([
    ["a signal that is none", { signal: { aborted: false } }, "signal is an object: it must be an AbortSignal"],
    ["an option that does not exist", { maxStep: 1 }, 'there is no option "maxStep"'],
    ["null", null, "the options must be an object, and are null"],
  ])("that are %s are refused by the first next", async (_title, options, message) => {
    const { agent } = agentOf([]);
    await using _ = agent;
    const events = agent.stream("Go.", options as never);
    await expect(events.next()).rejects.toMatchObject({
      code: "AGENT_CONFIG",
      message: expect.stringContaining(message),
    });
  });
});

describe("options of an agent", () => {
  const model = new ScriptedModel([]);

  it.each<[string, () => unknown, string]>([
    ["a model", () => new CodeAgent({ sandbox } as never), "model is undefined: it must be a model"],
    ["a model that calls tools", () => new ToolCallingAgent({} as never), "model is undefined: it must be a model"],
    ["a sandbox", () => new CodeAgent({ model } as never), "sandbox is undefined: it must be a sandbox provider"],
    ["the size of a context", () => agentOf([], { compaction: {} as never }), "compaction.maxTokens is undefined"],
  ])("cannot be without %s", (_title, make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: "AGENT_CONFIG", message: expect.stringContaining(message) }));
  });

  it("name the form of an observer where a function is given", () => {
    expect(() => agentOf([], { observers: [() => undefined] as never })).toThrow(
      "observers[0] is a function: it must be an observer, such as { onEvent",
    );
  });
});
