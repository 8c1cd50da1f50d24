import type { Budget, RunProgress } from "@smoltools/core";
import type { ScriptedReply } from "@smoltools/core/testing";
import { describe, expect, it, vi } from "vitest";
import {
  actionsIn,
  add,
  agentOf,
  bothKinds,
  code,
  doing,
  eventsOf,
  handClock,
  kindsIn,
  lastText,
  nativeAnswer,
  nativeCalls,
  rejectionOf,
  textTool,
  toolAgentOf,
  withUsage,
} from "./agent-fixture.ts";

const call = nativeCalls({ name: "add", input: { a: 1, b: 2 } });

/** An answer that never comes; something is done when it is asked for. */
const neverWhile = (act: () => void) => (): Promise<never> => {
  act();
  return new Promise(() => undefined);
};

describe.each(bothKinds)("a budget of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "add", input: { a: 1, b: 2 } });
  const twice = calls({ name: "add", input: { a: 1, b: 2 } }, { name: "add", input: { a: 3, b: 4 } });

  it("of calls fails the calls beyond it, and then asks for the answer", async () => {
    const { agent, model } = make([step, twice, "It may be 3."], { budget: { maxToolCalls: 2 } });
    await using _ = agent;
    const result = await agent.run("Go.", { returnFullResult: true });
    expect(result).toMatchObject({ output: "It may be 3.", state: "max-tool-calls", toolCalls: 2 });
    const recorded = actionsIn(agent.memory).flatMap(({ toolCalls }) => toolCalls.map(({ error }) => error));
    expect(recorded).toEqual([undefined, undefined, expect.stringContaining("The budget of 2 calls")]);
    model.assertDone();
  });

  it("of calls that is kept to leaves the run alone", async () => {
    const { agent } = make([step, answer(3)], { budget: { maxToolCalls: 2 } });
    await using _ = agent;
    expect(await agent.run("Go.", { returnFullResult: true })).toMatchObject({ output: 3, state: "success" });
  });

  it("of calls does not stand in the way of the answer in the same step", async () => {
    const { agent } = agentOf([code("finalAnswer(await add(1, 2))")], { budget: { maxToolCalls: 1 } });
    await using _ = agent;
    expect(await agent.run("Go.", { returnFullResult: true })).toMatchObject({ output: 3, state: "success" });
  });

  it("of tokens ends the work once they are used", async () => {
    const { agent } = make([step, step, step, "3"], { budget: { maxTokens: 2_000 } });
    await using _ = agent;
    const { state, steps } = await agent.run("x".repeat(4_000), { returnFullResult: true });
    expect(state).toBe("max-tokens");
    expect(steps.length).toBeLessThan(4);
  });

  it("of time ends a tool that does not answer, and tells it", async () => {
    using clock = handClock();
    const reasons: unknown[] = [];
    const stuck = textTool("stuck", (_text, signal) => {
      signal?.addEventListener("abort", () => reasons.push(signal.reason));
      clock.pass(1_000);
      return new Promise(() => undefined);
    });
    const { agent, model } = make([calls({ name: "stuck", input: { text: "a" } }), "Too slow."], {
      tools: [stuck],
      budget: { maxDurationMs: 1_000 },
    });
    await using _ = agent;
    expect(await agent.run("Go.", { returnFullResult: true })).toMatchObject({ state: "max-duration" });
    expect(reasons).toHaveLength(1);
    model.assertDone();
  });

  it("of time may be endless", async () => {
    const { agent } = make([answer(3)], { budget: { maxDurationMs: Number.POSITIVE_INFINITY } });
    await using _ = agent;
    expect(await agent.run("Go.", { returnFullResult: true })).toMatchObject({ output: 3, state: "success" });
  });

  it.each<Budget>([
    { maxTokens: 0 },
    { maxTokens: Number.NaN },
    { maxDurationMs: -1 },
    { maxToolCalls: 0 },
    { maxToolCalls: "3" as never },
  ])("cannot be %j", (budget) => {
    expect(() => make([], { budget })).toThrow("it must be a number above 0");
  });
});

describe("time of a budget", () => {
  it("ends a model that does not answer, and asks for the answer", async () => {
    using clock = handClock();
    const { agent, model } = toolAgentOf([neverWhile(() => clock.pass(100)), "I ran out of time."], {
      budget: { maxDurationMs: 100 },
    });
    const { output, state, steps } = await agent.run("Go.", { returnFullResult: true });
    expect({ output, state }).toEqual({ output: "I ran out of time.", state: "max-duration" });
    expect(steps.map(({ error }) => error?.code)).toEqual(["AGENT_OUT_OF_TIME", undefined]);
    model.assertDone();
  });

  it("that ends during a plan goes on to the answer", async () => {
    using clock = handClock();
    const { agent } = toolAgentOf([neverWhile(() => clock.pass(100)), "No time to plan."], {
      planningInterval: 1,
      budget: { maxDurationMs: 100 },
    });
    const { output, state } = await agent.run("Go.", { returnFullResult: true });
    expect({ output, state }).toEqual({ output: "No time to plan.", state: "max-duration" });
    expect(kindsIn(agent.memory)).toEqual(["task", "planning", "action"]);
  });

  it("that runs out costs one step, however the clock and its timers differ", async () => {
    // The time may be up before the first step: the answer is then what is asked for first.
    const reply: ScriptedReply = ({ tools = [] }) => (tools.length > 0 ? new Promise(() => undefined) : "late");
    for (let run = 0; run < 40; run++) {
      const budget = { maxDurationMs: 5 + (run % 7) / 3 };
      const { agent } = toolAgentOf([reply, reply], { budget });
      const { state, steps } = await agent.run("Go.", { returnFullResult: true });
      expect(state).toBe("max-duration");
      expect(steps.length).toBeLessThanOrEqual(2);
    }
  });
});

describe("tokens of a budget", () => {
  it("are those that the provider tells", async () => {
    const { agent } = toolAgentOf([withUsage(call, 90, 9), withUsage(call, 1, 0), "3"], { budget: { maxTokens: 100 } });
    const { state, steps } = await agent.run("x".repeat(4_000), { returnFullResult: true });
    expect(state).toBe("max-tokens");
    expect(steps).toHaveLength(3);
  });

  it("that a plan used up keep the step from being taken", async () => {
    const plan = { text: "Look.<end_plan>", usage: { inputTokens: 100, outputTokens: 1 } };
    const { agent } = toolAgentOf([plan, "No tokens left."], { planningInterval: 1, budget: { maxTokens: 100 } });
    const result = await agent.run("Go.", { returnFullResult: true });
    expect(result).toMatchObject({ output: "No tokens left.", state: "max-tokens" });
  });
});

describe("a managed agent", () => {
  const managed = (budget: Budget, own: Budget = {}) => {
    const worker = toolAgentOf(
      [withUsage(call, 50, 5), withUsage(nativeAnswer("worked"), 50, 5), "worker is out of budget"],
      { name: "worker", description: "Works.", budget: own },
    );
    const manager = toolAgentOf(
      [
        withUsage(nativeCalls({ name: "worker", input: { task: "Work." } }), 10, 1),
        withUsage(nativeAnswer("done"), 10, 1),
      ],
      { tools: [add], managedAgents: [worker.agent], budget },
    );
    return { worker, manager };
  };

  it("counts with its tokens and its calls for its manager", async () => {
    const { manager } = managed({});
    const result = await manager.agent.run("Go.", { returnFullResult: true });
    expect(result.usage).toEqual({ inputTokens: 120, outputTokens: 12 });
    expect(result.toolCalls).toBe(2);
  });

  it("has to answer once the manager's tokens are used up", async () => {
    const worker = toolAgentOf(
      [withUsage(call, 50, 5), { text: "so far", usage: { inputTokens: 1, outputTokens: 1 } }],
      {
        name: "worker",
        description: "Works.",
      },
    );
    const delegate = withUsage(nativeCalls({ name: "worker", input: { task: "Work." } }), 10, 1);
    const { agent, model } = toolAgentOf([delegate, "The worker said: so far."], {
      managedAgents: [worker.agent],
      budget: { maxTokens: 60 },
    });
    const { state } = await agent.run("Go.", { returnFullResult: true });
    expect(state).toBe("max-tokens");
    worker.model.assertDone();
    expect(JSON.stringify(model.requests[1])).toContain("so far");
  });

  it("has to answer once its own calls are used up, and the manager goes on", async () => {
    const worker = toolAgentOf([call, "worker is out of calls"], {
      name: "worker",
      description: "Works.",
      budget: { maxToolCalls: 1 },
    });
    const { agent, model } = toolAgentOf(
      [nativeCalls({ name: "worker", input: { task: "Work." } }), nativeAnswer("done")],
      { managedAgents: [worker.agent] },
    );
    expect(await agent.run("Go.", { returnFullResult: true })).toMatchObject({ output: "done", toolCalls: 2 });
    expect(lastText(model.requests[1])).toContain("worker is out of calls");
  });

  it("is ended with the manager's time", async () => {
    using clock = handClock();
    const worker = toolAgentOf([neverWhile(() => clock.pass(100))], { name: "worker", description: "Works." });
    const { agent } = toolAgentOf([nativeCalls({ name: "worker", input: { task: "Work." } }), "No report in time."], {
      managedAgents: [worker.agent],
      budget: { maxDurationMs: 100 },
    });
    const { output, state } = await agent.run("Go.", { returnFullResult: true });
    expect({ output, state }).toEqual({ output: "No report in time.", state: "max-duration" });
    const [record] = actionsIn(agent.memory)[0]?.toolCalls ?? [];
    await vi.waitUntil(() => record?.run);
    expect(record?.run?.steps).toHaveLength(2);
    expect(record?.run?.steps[1]).toMatchObject({ error: { code: "AGENT_OUT_OF_TIME", endedRun: true } });
  });
});

describe.each(bothKinds)("a stop condition of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "add", input: { a: 1, b: 2 } });

  it("ends the work when it says so, and asks for the answer", async () => {
    const { agent, model } = make([step, step, "It may be 3."], { stopWhen: ({ steps }) => steps.length === 2 });
    await using _ = agent;
    const result = await agent.run("Go.", { returnFullResult: true });
    expect(result).toMatchObject({ output: "It may be 3.", state: "stopped" });
    model.assertDone();
  });

  it("is asked once before each step but the first", async () => {
    const asked: number[] = [];
    const stopWhen = ({ steps }: RunProgress): boolean => {
      asked.push(steps.length);
      return false;
    };
    const { agent } = make([step, step, answer(1)], { stopWhen });
    await using _ = agent;
    await agent.run("Go.");
    expect(asked).toEqual([1, 2]);
  });

  it("sees the steps, the tokens, the calls and the time so far", async () => {
    const seen: unknown[] = [];
    const stopWhen = ({ steps, usage, toolCalls, durationMs }: RunProgress): boolean => {
      seen.push(
        steps.map(({ number }) => number),
        usage,
        toolCalls,
        durationMs > 0,
      );
      return false;
    };
    const { agent } = make([step, answer(1)], { stopWhen });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toEqual([[1], undefined, 1, true]);
  });

  it.each<[string, () => Promise<boolean>]>([
    [
      "throws",
      () => {
        throw new Error("my fault");
      },
    ],
    ["rejects", () => Promise.reject(new Error("my fault"))],
  ])("that %s ends the run", async (_title, stopWhen) => {
    const { agent } = make([step], { stopWhen });
    await using _ = agent;
    expect(await rejectionOf(agent.run("Go."))).toMatchObject({
      code: "AGENT_CALLBACK_FAILED",
      cause: { message: "my fault" },
    });
  });

  it("that never says anything does not hold up an abort", async () => {
    const abort = new AbortController();
    const stopWhen = (): Promise<boolean> => {
      queueMicrotask(() => abort.abort(new Error("enough")));
      return new Promise(() => undefined);
    };
    const { agent } = make([step, answer(1)], { stopWhen });
    await using _ = agent;
    await expect(agent.run("Go.", { signal: abort.signal })).rejects.toThrow("enough");
  });
});

describe("calls of a tool that the run counts", () => {
  it("include those that failed, and those of code in a loop", async () => {
    const failing = doing("fail", () => {
      throw new Error("no");
    });
    const { agent } = agentOf(
      [code("for (const n of [1, 2, 3]) await add(n, n);\ntry { await fail() } catch {}\nfinalAnswer(1)")],
      { tools: [add, failing] },
    );
    await using _ = agent;
    const events = await eventsOf(agent.stream("Go."));
    expect(events.filter(({ type }) => type === "tool-call")).toHaveLength(4);
    expect(events.at(-1)).toMatchObject({ type: "result", result: { toolCalls: 4 } });
  });
});
