import { ActionStep, type Agent, type AgentOptions, type StepCallbacks, TaskStep } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { actionsIn, bothKinds, kindsIn, lastText, rejectionOf } from "./agent-fixture.ts";

const plan = "Look.\n<end_plan>";

describe.each(bothKinds)("callbacks of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "add", input: { a: 1, b: 2 } });

  /** The kinds of the steps for which a callback was called. */
  async function seenBy(
    callbacks: (see: (step: { kind: string }) => void) => StepCallbacks,
    options: Partial<AgentOptions> = {},
  ): Promise<string[]> {
    const seen: string[] = [];
    const script = options.planningInterval ? [plan, step, answer(1)] : [step, answer(1)];
    const { agent } = make(script, { ...options, onStep: callbacks(({ kind }) => void seen.push(kind)) });
    await using _ = agent;
    await agent.run("Go.");
    return seen;
  }

  it("in a list are called after action steps only (case 25)", async () => {
    expect(await seenBy((see) => [see], { planningInterval: 5 })).toEqual(["action", "action"]);
  });

  it("alone are called after action steps only (case 25)", async () => {
    expect(await seenBy((see) => see, { planningInterval: 5 })).toEqual(["action", "action"]);
  });

  it("by kind are called after steps of that kind only (case 25)", async () => {
    expect(await seenBy((see) => ({ planning: see }), { planningInterval: 5 })).toEqual(["planning"]);
  });

  it("for any step are called after each of them (case 25)", async () => {
    const seen = await seenBy((see) => ({ any: [see] }), { planningInterval: 5 });
    expect(seen).toEqual(["task", "planning", "action", "action", "final-answer"]);
  });

  it("for the task are called once it is in memory", async () => {
    expect(await seenBy((see) => ({ task: see }))).toEqual(["task"]);
  });

  it("for the final answer are called once, with the answer (case 25)", async () => {
    const seen: unknown[] = [];
    const { agent } = make([step, answer({ a: 1 })], { onStep: { "final-answer": (last) => void seen.push(last) } });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toEqual([{ kind: "final-answer", output: { a: 1 }, state: "success" }]);
  });

  it("of a kind are called before those for any step", async () => {
    const seen: string[] = [];
    const { agent } = make([answer(1)], {
      onStep: { any: ({ kind }) => void seen.push(`any ${kind}`), action: () => void seen.push("action") },
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toEqual(["any task", "action", "any action", "any final-answer"]);
  });

  it("get the step, and the agent for those that ask for it (case 26)", async () => {
    const seen: unknown[] = [];
    const one = (only: unknown): void => void seen.push(only instanceof ActionStep);
    const two = (both: unknown, whose: Agent): void => void seen.push(both instanceof ActionStep, whose);
    const { agent } = make([answer(1)], { onStep: [one, two] });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toEqual([true, true, agent]);
  });

  it("find the step in memory, with its time and its outcome", async () => {
    const seen: unknown[] = [];
    const onStep = (done: ActionStep, { memory }: Agent): void => {
      seen.push(memory.steps.at(-1) === done, done.durationMs > 0, done.finalAnswer);
    };
    const { agent } = make([answer(1)], { onStep });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toEqual([true, true, { value: 1 }]);
  });

  it("are waited for before the next step begins", async () => {
    const order: string[] = [];
    const onStep = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push("callback");
    };
    const next = (request: unknown): never[] => {
      order.push(request ? "asked" : "");
      return [];
    };
    const { agent } = make([step, next, answer(1)], { onStep, maxSteps: 2 });
    await using _ = agent;
    await agent.run("Go.");
    expect(order).toEqual(["callback", "asked", "callback", "callback"]);
  });

  it("can change what the model sees next", async () => {
    const onStep = (done: ActionStep): void => {
      done.observation = "Changed.";
    };
    const { agent, model } = make([step, answer(1)], { onStep });
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toContain("Changed.");
  });

  it("can change text in place that the model has seen already", async () => {
    const onStep = (_done: ActionStep, { memory }: Agent): void => {
      const [first] = actionsIn(memory);
      if (first?.error) first.error.message = "Hidden.";
      for (const told of first?.answers ?? []) told.text = "Hidden.";
    };
    const failing = calls({ name: "add", input: { a: "secret", b: 2 } });
    const { agent, model } = make([failing, step, answer(1)], {
      onStep: (done, whose) => done.number === 2 && onStep(done, whose),
    });
    await using _ = agent;
    await agent.run("Go.");
    const texts = (request: number): string =>
      JSON.stringify((model.requests[request]?.messages ?? []).filter(({ role }) => role !== "assistant"));
    expect(texts(1)).toContain("secret");
    expect(texts(2)).not.toContain("secret");
  });

  it("can take steps out of the memory, and put others in", async () => {
    const onStep = (done: ActionStep, { memory }: Agent): void => {
      if (done.number === 1) memory.steps.splice(-1, 1, new TaskStep("Stay calm."));
    };
    const { agent, model } = make([step, answer(1)], { onStep });
    await using _ = agent;
    await agent.run("Go.");
    expect(kindsIn(agent.memory)).toEqual(["task", "task", "action"]);
    expect(lastText(model.requests[1])).toBe("New task:\nStay calm.");
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("my fault");
      },
    ],
    ["rejects", () => Promise.reject(new Error("my fault"))],
  ])("one of which %s end the run with its error as the cause", async (_title, broken) => {
    const { agent, model } = make([step, answer(1)], { onStep: broken });
    await using _ = agent;
    const error = await rejectionOf(agent.run("Go."));
    expect(error).toMatchObject({ code: "AGENT_CALLBACK_FAILED", cause: { message: "my fault" } });
    expect(model.requests).toHaveLength(1);
    expect(kindsIn(agent.memory)).toEqual(["task", "action"]);
  });

  it.each(["planning", "final-answer", "task"])("for %s that throw end the run too", async (kind) => {
    const broken = (): never => {
      throw new Error("my fault");
    };
    const { agent } = make([plan, answer(1)], { planningInterval: 5, onStep: { [kind]: broken } });
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject({
      code: "AGENT_CALLBACK_FAILED",
      message: expect.stringContaining(`"${kind}"`),
    });
  });

  it("can dispose the agent, and the run rejects", async () => {
    const { agent } = make([step, answer(1)], { onStep: (_done, whose) => whose.dispose() });
    await expect(agent.run("Go.")).rejects.toMatchObject({ code: "AGENT_DISPOSED" });
  });

  it("that never return do not hold up an abort", async () => {
    const abort = new AbortController();
    const onStep = (): Promise<void> => {
      queueMicrotask(() => abort.abort(new Error("enough")));
      return new Promise(() => undefined);
    };
    const { agent } = make([step, answer(1), answer(2)], { onStep });
    await using _ = agent;
    await expect(agent.run("Go.", { signal: abort.signal })).rejects.toThrow("enough");
  });
});
