import { ModelError, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { agentOf, code, conversation } from "./agent-fixture.ts";

const next = code("finalAnswer('next')");
const nextTask = ["user", "New task:\nNext."];

describe("what the model sees of an earlier run", () => {
  it("is the final answer after a success", async () => {
    const { agent, model } = agentOf([code("console.log('hi')"), code("finalAnswer(42)"), next]);
    await using _ = agent;
    await agent.run("First.");
    await agent.run("Next.", { reset: false });
    expect(conversation(model.requests[2])).toEqual([
      ["user", "New task:\nFirst."],
      ["assistant", code("console.log('hi')")],
      ["user", "Observation:\nPrinted:\nhi"],
      ["assistant", code("finalAnswer(42)")],
      ["user", "Observation:\nFinal answer: 42"],
      nextTask,
    ]);
  });

  it("is the given answer, and no error, after the steps ran out", async () => {
    const { agent, model } = agentOf([code("1"), "It may be 3.", next]);
    await using _ = agent;
    await agent.run("First.", { maxSteps: 1 });
    await agent.run("Next.", { reset: false });
    expect(conversation(model.requests[2])).toEqual([
      ["user", "New task:\nFirst."],
      ["assistant", code("1")],
      ["user", "Observation:\nValue: 1"],
      ["assistant", "It may be 3."],
      nextTask,
    ]);
  });

  it("is that it was ended, and no advice to try again, after an abort", async () => {
    const abort = new AbortController();
    const stop = tool({ name: "stop", description: "Stops.", execute: () => abort.abort(new Error("enough")) });
    const { agent, model } = agentOf([code("await stop(); await new Promise(() => {})"), next], { tools: [stop] });
    await using _ = agent;
    await expect(agent.run("First.", { signal: abort.signal })).rejects.toThrow("enough");
    expect(await agent.run("Next.", { reset: false })).toBe("next");
    expect(conversation(model.requests[1])).toEqual([
      ["user", "New task:\nFirst."],
      ["assistant", code("await stop(); await new Promise(() => {})")],
      ["user", "The run was ended during this step (AGENT_ABORTED):\nenough\nIts code may have run in part."],
      nextTask,
    ]);
  });

  it("is that it was ended after the provider failed", async () => {
    const { agent, model } = agentOf([new ModelError("no credit", { code: "MODEL_UNAUTHORIZED" }), next]);
    await using _ = agent;
    await expect(agent.run("First.")).rejects.toThrow("no credit");
    await agent.run("Next.", { reset: false });
    expect(conversation(model.requests[1])).toEqual([
      ["user", "New task:\nFirst."],
      ["user", "The run was ended during this step (MODEL_UNAUTHORIZED):\nno credit"],
      nextTask,
    ]);
  });

  it("is the middle left out of a long final answer", async () => {
    const { agent, model } = agentOf([code("finalAnswer('x'.repeat(30_000))"), next]);
    await using _ = agent;
    await agent.run("First.");
    await agent.run("Next.", { reset: false });
    expect(conversation(model.requests[1])[2]?.[1]).toContain("10000 characters left out");
  });
});

describe("the record of a run", () => {
  it("has the limit in the state of the result and not as an error of the last step", async () => {
    const { agent } = agentOf([code("1"), "It may be 3."]);
    await using _ = agent;
    const { state, steps } = await agent.run("Go.", { maxSteps: 1, returnFullResult: true });
    expect(state).toBe("max-steps");
    expect(steps.map(({ error }) => error)).toEqual([undefined, undefined]);
  });

  it("tells a foreign error that ended the run apart from an abort", async () => {
    const { agent } = agentOf([new Error("socket gone")]);
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toThrow("socket gone");
    expect(agent.memory.steps.at(-1)).toMatchObject({
      error: { code: "AGENT_FAILED", message: "socket gone", endedRun: true },
    });
  });
});
