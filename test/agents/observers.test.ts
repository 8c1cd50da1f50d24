import type { AgentEvent, AgentObserver, AgentResult } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { actionsIn, bothKinds, eventsOf, rejectionOf, textTool, toolAgentOf, nativeAnswer } from "./agent-fixture.ts";

const fault = (): never => {
  throw new Error("my fault");
};
const failed = { code: "AGENT_CALLBACK_FAILED", message: expect.stringContaining("my fault") };

describe.each(bothKinds)("an observer of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "add", input: { a: 1, b: 2 } });

  it("sees each event before the reader does", async () => {
    const order: string[] = [];
    const observer: AgentObserver = { onEvent: ({ type }) => void order.push(`observer ${type}`) };
    const { agent } = make([answer(1)], { observers: [observer] });
    await using _ = agent;
    for await (const { type } of agent.stream("Go.")) order.push(`reader ${type}`);
    const observed = order.filter((entry) => entry.startsWith("observer")).map((entry) => entry.slice(9));
    const read = order.filter((entry) => entry.startsWith("reader")).map((entry) => entry.slice(7));
    expect(observed).toEqual(read);
    expect(order.slice(0, 2)).toEqual(["observer step-start", "reader step-start"]);
  });

  it("is told the beginning, and the result once", async () => {
    const seen: unknown[] = [];
    const observer: AgentObserver = {
      onStart: ({ task, modelId, agentKind, parent }) => void seen.push([task, modelId, agentKind, parent]),
      onEnd: (outcome) => void seen.push(outcome),
    };
    const { agent } = make([answer(1)], { observers: [observer] });
    await using _ = agent;
    const result = await agent.run("Go.", { returnFullResult: true });
    expect(seen).toEqual([["Go.", "scripted-model", agent.kind, undefined], { result }]);
  });

  it("is told the error that ended the run", async () => {
    const ends: unknown[] = [];
    const { agent } = make([new Error("gone")], { observers: [{ onEnd: (outcome) => void ends.push(outcome) }] });
    await using _ = agent;
    const error = await rejectionOf(agent.run("Go."));
    expect(ends).toEqual([{ error }]);
  });

  it("is told the result, and no error, when the reader leaves with the result", async () => {
    const ends: unknown[] = [];
    const { agent } = make([answer(1)], { observers: [{ onEnd: (outcome) => void ends.push(outcome) }] });
    await using _ = agent;
    let result: AgentResult | undefined;
    for await (const event of agent.stream("Go.")) {
      if (event.type !== "result") continue;
      ({ result } = event);
      break;
    }
    expect(ends).toEqual([{ result }]);
  });

  it("is told once that the run was ended by its reader", async () => {
    const ends: unknown[] = [];
    const { agent } = make([step, answer(1)], { observers: [{ onEnd: (outcome) => void ends.push(outcome) }] });
    await using _ = agent;
    for await (const event of agent.stream("Go.")) if (event.type === "step") break;
    expect(ends).toEqual([{ error: expect.objectContaining({ code: "AGENT_ABORTED" }) }]);
  });

  it("surrounds each call, the first observer outermost", async () => {
    const order: string[] = [];
    const around = (name: string): AgentObserver => ({
      aroundCall: async ({ tool, input }, _run, work) => {
        order.push(`${name} ${tool} ${JSON.stringify(input)}`);
        const result = await work();
        order.push(`${name} ${JSON.stringify(result)}`);
        return result;
      },
    });
    const { agent } = make([step, answer(1)], { observers: [around("outer"), around("inner")] });
    await using _ = agent;
    await agent.run("Go.");
    expect(order).toEqual(['outer add {"a":1,"b":2}', 'inner add {"a":1,"b":2}', "inner 3", "outer 3"]);
  });

  it("lets the error of a tool through to the model", async () => {
    const failing = textTool("failing", () => {
      throw new Error("no luck");
    });
    const { agent } = make([calls({ name: "failing", input: { text: "a" } }), answer(1)], {
      tools: [failing],
      observers: [{ aroundCall: (_call, _run, work) => work() }],
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
    expect(actionsIn(agent.memory)[0]?.toolCalls[0]?.error).toContain("no luck");
  });

  it.each<[string, AgentObserver]>([
    ["at the start", { onStart: fault }],
    ["at an event", { onEvent: fault }],
    ["at a call", { onEvent: (event) => event.type === "tool-call" && fault() }],
    ["at a result of a call", { onEvent: (event) => event.type === "tool-result" && fault() }],
    ["at a step", { onEvent: (event) => event.type === "step" && fault() }],
    ["at the result", { onEvent: (event) => event.type === "result" && fault() }],
    ["at the end", { onEnd: fault }],
    ["around a call, at once", { aroundCall: fault }],
    ["around a call, later", { aroundCall: () => Promise.reject(new Error("my fault")) }],
    ["around a call, after it", { aroundCall: (_call, _run, work) => work().then(fault) }],
  ])("that throws %s ends the run", async (_title, observer) => {
    const { agent } = make([step, answer(1)], { observers: [observer] });
    await using _ = agent;
    expect(await rejectionOf(agent.run("Go."))).toMatchObject(failed);
  });

  it("that throws does not keep the others from being told the end", async () => {
    const ends: unknown[] = [];
    const observers = [{ onStart: fault, onEnd: fault }, { onEnd: (outcome: unknown) => void ends.push(outcome) }];
    const { agent } = make([answer(1)], { observers });
    await using _ = agent;
    await rejectionOf(agent.run("Go."));
    expect(ends).toEqual([{ error: expect.objectContaining({ code: "AGENT_CALLBACK_FAILED" }) }]);
  });

  it("that throws leaves an agent that can be used again", async () => {
    let times = 0;
    const onEvent = (): void => {
      times += 1;
      if (times === 3) fault();
    };
    const { agent } = make([answer(1), answer(1)], { observers: [{ onEvent }] });
    await using _ = agent;
    expect(await rejectionOf(agent.run("Go."))).toMatchObject(failed);
    expect(await agent.run("Again.")).toBe(1);
  });
});

describe("the events of a run", () => {
  it("end with the result, which the stream returns too", async () => {
    const { agent } = toolAgentOf([nativeAnswer(1)]);
    const events = agent.stream("Go.");
    const seen: AgentEvent[] = [];
    let next = await events.next();
    for (; !next.done; next = await events.next()) seen.push(next.value);
    expect(seen.at(-1)).toEqual({ type: "result", result: next.value });
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it("do nothing before the first of them is asked for", async () => {
    const { agent, model } = toolAgentOf([]);
    agent.stream("Go.");
    await new Promise((resolve) => setImmediate(resolve));
    expect(model.requests).toEqual([]);
  });

  it("tell the pieces of the answer that make up the reply", async () => {
    const { agent } = toolAgentOf([nativeAnswer("some words")]);
    const events = await eventsOf(agent.stream("Go."));
    const text = events.map((event) =>
      event.type === "model-delta" && event.delta.type === "tool-call" ? event.delta.arguments : "",
    );
    const reply = events.find((event) => event.type === "model-reply");
    expect(reply?.reply.toolCalls.map((call) => call.arguments).join("")).toBe(text.join(""));
  });
});
