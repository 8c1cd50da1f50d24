import { type Agent, type AgentEvent, Memory } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  agentOf,
  bothKinds,
  code,
  conversation,
  doing,
  kindsIn,
  nativeAnswer,
  nativeCalls,
  textTool,
  toolAgentOf,
} from "./agent-fixture.ts";

const interrupted = { code: "AGENT_INTERRUPTED", message: expect.stringContaining("Agent interrupted") };

/** Interrupts at the first step. */
const atFirstStep = ({ number }: { number: number }, agent: Agent): void => {
  if (number === 1) agent.interrupt();
};

describe.each(bothKinds)("interrupt of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "add", input: { a: 1, b: 2 } });

  it("from a callback ends the run before its next step (case 23)", async () => {
    const { agent, model } = make([step], { onStep: atFirstStep });
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject(interrupted);
    expect(kindsIn(agent.memory)).toEqual(["task", "action"]);
    model.assertDone();
  });

  it("leaves a run that null goes on with, from the next step on", async () => {
    const { agent, model } = make([step, answer(3)], { onStep: atFirstStep });
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject(interrupted);
    const result = await agent.run(null, { returnFullResult: true });
    expect(result).toMatchObject({ output: 3, state: "success", steps: [{ number: 2 }] });
    expect(kindsIn(agent.memory)).toEqual(["task", "action", "action"]);
    expect(conversation(model.requests[1])[0]).toEqual(["user", "New task:\nGo."]);
    expect(JSON.stringify(model.requests[1]).match(/New task/g)).toHaveLength(1);
  });

  it("from outside, in the middle of a step, lets the step end", async () => {
    const { agent } = make([calls({ name: "stop", input: {} }), answer(1)], {
      tools: [doing("stop", () => agent.interrupt())],
    });
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject(interrupted);
    expect(actionsIn(agent.memory)[0]).toMatchObject({ toolCalls: [{ tool: "stop" }], error: undefined });
  });

  it("after the last step does not take the answer away", async () => {
    const { agent } = make([answer(1)], { onStep: atFirstStep });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
  });

  it("without a run in progress does nothing", async () => {
    const { agent } = make([answer(1)]);
    await using _ = agent;
    agent.interrupt();
    expect(await agent.run("Go.")).toBe(1);
  });

  it("counts for one run only", async () => {
    let times = 0;
    const once = (_done: unknown, whose: Agent): void => {
      times += 1;
      if (times === 1) whose.interrupt();
    };
    const { agent } = make([step, answer(1)], { onStep: once });
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject(interrupted);
    expect(await agent.run("Next.", { reset: false })).toBe(1);
  });

  it("in a callback after a plan keeps the step from being taken", async () => {
    const { agent, model } = make(["Look.<end_plan>"], {
      planningInterval: 1,
      onStep: { planning: (_plan, whose) => whose.interrupt() },
    });
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject(interrupted);
    expect(kindsIn(agent.memory)).toEqual(["task", "planning"]);
    model.assertDone();
  });

  it("in a callback after a summary keeps the step from being taken", async () => {
    const { agent, model } = make([step, step, "It added."], {
      compaction: { maxTokens: 500, keepSteps: 1 },
      onStep: { summary: (_summary, whose) => whose.interrupt() },
    });
    await using _ = agent;
    await expect(agent.run("Count the ships. ".repeat(120))).rejects.toMatchObject(interrupted);
    expect(kindsIn(agent.memory)).toEqual(["task", "action", "action", "summary"]);
    model.assertDone();
  });
});

describe.each(bothKinds)("going on with the task null in a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "add", input: { a: 1, b: 2 } });

  it("is refused where the memory holds no task", async () => {
    const { agent } = make([]);
    await using _ = agent;
    await expect(agent.run(null)).rejects.toMatchObject({ code: "AGENT_CONFIG" });
    await expect(agent.run(null, { memory: new Memory() })).rejects.toMatchObject({ code: "AGENT_CONFIG" });
  });

  it("is refused together with forgetting", async () => {
    const { agent } = make([answer(1)]);
    await using _ = agent;
    await agent.run("Go.");
    await expect(agent.run(null, { reset: true })).rejects.toMatchObject({ code: "AGENT_CONFIG" });
    expect(kindsIn(agent.memory)).toEqual(["task", "action"]);
  });

  it("works after a failed provider, and tells the model that a step was ended", async () => {
    const { agent, model } = make([step, new Error("socket gone"), answer(3)]);
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toThrow("socket gone");
    expect(await agent.run(null)).toBe(3);
    expect(conversation(model.requests[2]).at(-1)?.[1]).toContain("ended during this step (AGENT_FAILED)");
  });

  it("goes on in a new agent from an exported memory", async () => {
    const first = make([step, new Error("crash")]);
    await expect(first.agent.run("Sum it up.")).rejects.toThrow("crash");
    const exported: unknown = JSON.parse(JSON.stringify(first.agent.memory));
    await first.agent.dispose();
    const { agent, model } = make([answer(3)]);
    await using _ = agent;
    const memory = Memory.fromJSON(exported);
    expect(await agent.run(null, { memory })).toBe(3);
    expect(conversation(model.requests[0])[0]?.[1]).toContain("New task:\nSum it up.");
    expect(JSON.stringify(model.requests[0]?.messages.slice(2))).toMatch(/add[\s\S]*3/);
    expect(actionsIn(agent.memory).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it("takes a second task on top of an exported memory", async () => {
    const first = make([answer("forty-two")]);
    await first.agent.run("First.");
    const memory = first.agent.memory.toJSON();
    await first.agent.dispose();
    const { agent, model } = make([answer("ok")]);
    await using _ = agent;
    await agent.run("Second.", { memory });
    const text = JSON.stringify(conversation(model.requests[0]));
    expect(text).toMatch(/First\.[\s\S]*forty-two[\s\S]*Second\./);
  });

  it("does not change the memory that it was given", async () => {
    const first = make([answer("one")]);
    await first.agent.run("First.");
    const { memory } = first.agent;
    const { agent } = make([answer("two")]);
    await using _ = agent;
    await agent.run("Second.", { memory });
    expect(kindsIn(memory)).toEqual(["task", "action"]);
    expect(kindsIn(agent.memory)).toEqual(["task", "action", "task", "action"]);
    await first.agent.dispose();
  });

  it("refuses a broken memory, and keeps its own", async () => {
    const { agent } = make([answer(1)]);
    await using _ = agent;
    await agent.run("Go.");
    const memory = { schemaVersion: 1, steps: [{ kind: "no such" }] } as unknown as Memory;
    await expect(agent.run("Next.", { memory })).rejects.toMatchObject({ code: "MEMORY_INVALID" });
    expect(kindsIn(agent.memory)).toEqual(["task", "action"]);
  });
});

describe("the variables of code", () => {
  const gone = "variables of earlier steps are gone";

  it("are there when the same agent goes on", async () => {
    const { agent, model } = agentOf([code("const kept = 5;"), code("finalAnswer(kept)")], { onStep: atFirstStep });
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject(interrupted);
    expect(await agent.run(null)).toBe(5);
    expect(JSON.stringify(model.requests[1])).not.toContain(gone);
  });

  it.each([
    ["the task null", null],
    ["another task", "Next."],
  ])("are gone in a new agent, and its model is told, with %s", async (_title, task) => {
    const first = agentOf([code("const lost = 5;")], { onStep: atFirstStep });
    await expect(first.agent.run("Go.")).rejects.toMatchObject(interrupted);
    const memory = first.agent.memory.toJSON();
    await first.agent.dispose();
    const { agent, model } = agentOf([code("finalAnswer(typeof lost)")]);
    await using _ = agent;
    expect(await agent.run(task, { memory })).toBe("undefined");
    expect(JSON.stringify(model.requests[0])).toContain(gone);
  });

  it("are gone after the agent was disposed, and its model is told", async () => {
    const { agent, model } = agentOf([code("const lost = 5; finalAnswer(1)"), code("finalAnswer(typeof lost)")]);
    await agent.run("Go.");
    await agent.dispose();
    expect(await agent.run("Next.", { reset: false })).toBe("undefined");
    expect(JSON.stringify(model.requests[1])).toContain(gone);
    await agent.dispose();
  });
});

describe("an abort between native calls", () => {
  it("tells a later run what each of them gave, and which may have been carried out in part", async () => {
    const abort = new AbortController();
    const sent: string[] = [];
    const send = textTool("send", (text) => {
      sent.push(text);
      if (text === "second") {
        queueMicrotask(() => abort.abort(new Error("enough")));
        return new Promise(() => undefined);
      }
      return `sent ${text}`;
    });
    const inputs = ["first", "second", "third"].map((text) => ({ name: "send", input: { text } }));
    const { agent, model } = toolAgentOf([nativeCalls(...inputs), nativeAnswer(1)], {
      tools: [send],
      maxParallelCalls: 1,
    });
    await expect(agent.run("Go.", { signal: abort.signal })).rejects.toThrow("enough");
    await agent.run(null);
    expect(sent).toEqual(["first", "second"]);
    const told = conversation(model.requests[1]).filter(([role]) => role === "tool");
    expect(told.map(([, text]) => text)).toEqual([
      "sent first",
      expect.stringContaining("may have been carried out in part"),
      "This call was not carried out.",
    ]);
  });

  it("begins none of those that waited", async () => {
    const abort = new AbortController();
    const asked: unknown[] = [];
    const stuck = textTool("stuck", () => {
      queueMicrotask(() => abort.abort(new Error("enough")));
      return new Promise((_resolve, reject) => {
        abort.signal.addEventListener("abort", () => reject(new Error("stopped")));
      });
    });
    const inputs = ["a", "b", "c"].map((text) => ({ name: "stuck", input: { text } }));
    const { agent } = toolAgentOf([nativeCalls(...inputs)], {
      tools: [stuck],
      maxParallelCalls: 1,
      beforeToolCall: ({ input }) => void asked.push(input),
    });
    const seen: AgentEvent[] = [];
    const run = async (): Promise<void> => {
      for await (const event of agent.stream("Go.", { signal: abort.signal })) seen.push(event);
    };
    await expect(run()).rejects.toThrow("enough");
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([{ text: "a" }]);
    expect(seen.filter(({ type }) => type === "tool-call")).toHaveLength(1);
    expect(actionsIn(agent.memory)[0]?.toolCalls).toHaveLength(1);
  });
});
