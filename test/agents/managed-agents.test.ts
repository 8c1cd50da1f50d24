import { type AgentObserver, AgentTool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  agentOf,
  bothKinds,
  code,
  codeKind,
  conversation,
  doing,
  eventsOf,
  kindsIn,
  lastText,
  nativeAnswer,
  nativeCalls,
  rejectionOf,
  systemText,
  textTool,
  toolAgentOf,
  withUsage,
} from "./agent-fixture.ts";

const call = nativeCalls({ name: "add", input: { a: 1, b: 2 } });
const about = { name: "worker", description: "Knows all about ships." };
const delegate = { name: "worker", input: { task: "Count the ships." } };

describe.each(bothKinds)("a $title as a manager", ({ make, calls, answer }) => {
  it("presents its team in the system prompt (case 16)", async () => {
    const worker = toolAgentOf([], about);
    const { agent, model } = make([answer(1)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.");
    expect(systemText(model.requests[0])).toMatch(/members of your team[\s\S]*- worker: Knows all about ships\./);
  });

  it("without managed agents says nothing of a team (case 16)", async () => {
    const { agent, model } = make([answer(1)]);
    await using _ = agent;
    await agent.run("Go.");
    expect(systemText(model.requests[0])).not.toContain("team");
  });

  it("gets the last word of an agent that had to end before its answer was in form", async () => {
    const worker = toolAgentOf([call, "About three, I think."], {
      ...about,
      maxSteps: 1,
      answerSchema: { type: "integer" },
    });
    const { agent, model } = make([calls(delegate), answer(3)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toMatch(/worker had to end \(max-steps\)[\s\S]*About three, I think\./);
  });

  it("gets a report with the name of the agent and its answer (case 32)", async () => {
    const worker = toolAgentOf([nativeAnswer("There are 3.")], about);
    const { agent, model } = make([calls(delegate), answer(3)], { managedAgents: [worker.agent] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(3);
    expect(lastText(model.requests[1])).toMatch(/Report of the agent (\\)?"worker(\\)?":(\\n|\n)There are 3\./);
    expect(lastText(model.requests[1])).not.toContain("summary_of_work");
  });

  it("gets what was done besides, where the agent is to say so (case 32)", async () => {
    const worker = toolAgentOf([call, nativeAnswer("There are 3.")], { ...about, provideRunSummary: true });
    const { agent, model } = make([calls(delegate), answer(3)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toMatch(/<summary_of_work>[\s\S]*Count the ships\.[\s\S]*<\/summary_of_work>/);
  });

  it("tells the agent who it is and what to do", async () => {
    const worker = toolAgentOf([nativeAnswer("3")], about);
    const { agent } = make([calls(delegate), answer(3)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(worker.model.requests[0])).toMatch(/You are "worker"[\s\S]*Count the ships\./);
    expect(lastText(worker.model.requests[0])).not.toContain("Go.");
  });

  it("has the steps, the tokens and the name of the agent on record", async () => {
    const worker = toolAgentOf([withUsage(call, 10, 1), withUsage(nativeAnswer("3"), 20, 2)], about);
    const { agent } = make([calls(delegate), answer(3)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.");
    const [record] = actionsIn(agent.memory)[0]?.toolCalls ?? [];
    expect(record).toMatchObject({
      tool: "worker",
      run: { agent: "worker", usage: { inputTokens: 30, outputTokens: 3 } },
    });
    expect(record?.run?.steps.map(({ kind }) => kind)).toEqual(["task", "action", "action"]);
    expect(kindsIn(agent.memory)).toEqual(["task", "action", "action"]);
  });

  it("goes on when the agent fails, and its model is told", async () => {
    const worker = toolAgentOf([new Error("no credit")], about);
    const { agent, model } = make([calls(delegate), answer("alone")], { managedAgents: [worker.agent] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("alone");
    expect(JSON.stringify(conversation(model.requests[1]))).toContain("no credit");
    const [record] = actionsIn(agent.memory)[0]?.toolCalls ?? [];
    expect(record?.error).toContain("no credit");
    expect(record?.run?.steps.map(({ kind }) => kind)).toEqual(["task", "action"]);
  });

  it("gets the bare answer of an agent with a schema for it", async () => {
    const worker = toolAgentOf([nativeAnswer({ ships: 3 })], {
      ...about,
      answerSchema: { type: "object", properties: { ships: { type: "integer" } }, required: ["ships"] },
    });
    const { agent, model } = make([calls(delegate), answer(3)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toContain('{"ships":3}');
  });

  it("is told when such an agent ended with something else", async () => {
    const worker = toolAgentOf([call, "I do not know."], {
      ...about,
      maxSteps: 1,
      answerSchema: { type: "object", properties: { ships: { type: "integer" } }, required: ["ships"] },
    });
    const { agent, model } = make([calls(delegate), answer(0)], { managedAgents: [worker.agent] });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(0);
    expect(JSON.stringify(conversation(model.requests[1]))).toContain("I do not know.");
  });

  it("leaves the agent its own limits", async () => {
    const worker = toolAgentOf([call, call, "It may be 3."], { ...about, maxSteps: 2 });
    const { agent, model } = make([calls(delegate), answer(3)], { managedAgents: [worker.agent], maxSteps: 9 });
    await using _ = agent;
    await agent.run("Go.");
    worker.model.assertDone();
    expect(lastText(model.requests[1])).toContain("It may be 3.");
  });

  it("hands on values by name, and the context that no model sees", async () => {
    const seen: unknown[] = [];
    const look = textTool("look", (text) => void seen.push(text));
    const worker = toolAgentOf([nativeCalls({ name: "look", input: { text: "doc" } }), nativeAnswer(1)], {
      ...about,
      tools: [look],
    });
    const input = { task: "Read it.", additionalArgs: { doc: "the text itself" } };
    const { agent } = make([calls({ name: "worker", input }), answer(1)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.", { context: { user: "u-1" } });
    expect(seen).toEqual(["the text itself"]);
    expect(JSON.stringify(worker.model.requests)).not.toContain("u-1");
  });

  it("starts the agent afresh at each call, and leaves its own memory alone", async () => {
    const worker = toolAgentOf([nativeAnswer("one"), nativeAnswer("two"), nativeAnswer("three")], about);
    await worker.agent.run("By itself.");
    const { agent } = make([calls(delegate), calls(delegate), answer(1)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.");
    expect(kindsIn(worker.agent.memory)).toEqual(["task", "action"]);
    expect(conversation(worker.model.requests[2])).toHaveLength(1);
  });

  it("that is aborted ends the run of its agent", async () => {
    const abort = new AbortController();
    const stuck = textTool("stuck", (_text, signal) => {
      queueMicrotask(() => abort.abort(new Error("enough")));
      return new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("told to stop")));
      });
    });
    const worker = toolAgentOf([nativeCalls({ name: "stuck", input: { text: "a" } })], { ...about, tools: [stuck] });
    const { agent, model } = make([calls(delegate)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await expect(agent.run("Go.", { signal: abort.signal })).rejects.toThrow("enough");
    worker.model.assertDone();
    model.assertDone();
  });

  it("that is interrupted interrupts its agent", async () => {
    const worker = toolAgentOf([nativeCalls({ name: "stop", input: {} })], {
      ...about,
      tools: [doing("stop", () => agent.interrupt())],
    });
    const { agent } = make([calls(delegate)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject({ code: "AGENT_INTERRUPTED" });
    expect(worker.model.requests).toHaveLength(1);
  });

  it("tells what happens in the run of its agent, with the call that it belongs to", async () => {
    const worker = toolAgentOf([call, nativeAnswer("3")], about);
    const { agent } = make([calls(delegate), answer(3)], { managedAgents: [worker.agent] });
    await using _ = agent;
    const events = await eventsOf(agent.stream("Go."));
    const inner = events.filter((event) => event.type === "managed-agent");
    expect(new Set(inner.map(({ id, agent: name, step }) => `${step} ${id} ${name}`))).toEqual(
      new Set(["1 call_1_1 worker"]),
    );
    const kinds = inner.map(({ event }) => event.type).filter((type) => type !== "model-delta");
    const asked = ["step-start", "model-request", "model-reply"];
    expect(kinds).toEqual([...asked, "tool-call", "tool-result", "step", ...asked, "step", "result"]);
  });

  it("has its observers watch the agents too, each with its own run", async () => {
    const seen: string[] = [];
    const observer: AgentObserver = {
      onStart: ({ agentName, parent }) =>
        void seen.push(`start ${agentName} ${parent?.run.agentName} ${parent?.callId}`),
      onEnd: (outcome, { agentName }) => void seen.push(`end ${agentName} ${Object.keys(outcome)[0]}`),
    };
    const worker = toolAgentOf([nativeAnswer("3")], { ...about, observers: [observer] });
    const { agent } = make([calls(delegate), answer(3)], {
      name: "boss",
      managedAgents: [worker.agent],
      observers: [observer],
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toEqual([
      "start boss undefined undefined",
      "start worker boss call_1_1",
      "end worker result",
      "end boss result",
    ]);
  });

  it("ends when a callback of its agent throws", async () => {
    const worker = toolAgentOf([call], {
      ...about,
      onStep: () => {
        throw new Error("my fault");
      },
    });
    const { agent } = make([calls(delegate)], { managedAgents: [worker.agent] });
    await using _ = agent;
    expect(await rejectionOf(agent.run("Go."))).toMatchObject({ code: "AGENT_CALLBACK_FAILED" });
  });

  it("can put its whole record, with the runs of its agents, into JSON", async () => {
    const worker = toolAgentOf([call, nativeAnswer("3")], about);
    const { agent } = make([calls(delegate), answer(3)], { managedAgents: [worker.agent] });
    await using _ = agent;
    await agent.run("Go.");
    const json = JSON.parse(JSON.stringify(agent.memory)) as {
      steps: { toolCalls?: { run?: { steps: unknown[] } }[] }[];
    };
    expect(json.steps[2]?.toolCalls?.[0]?.run?.steps).toHaveLength(3);
  });
});

describe("a managed agent of code", () => {
  it("is not even begun by code that goes on after an interrupt", async () => {
    const other = toolAgentOf([], { name: "other", description: "Comes later." });
    const { agent } = agentOf([code("await stop(); try { await other('Go.') } catch {}")], {
      tools: [doing("stop", () => agent.interrupt())],
      managedAgents: [other.agent],
    });
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject({ code: "AGENT_INTERRUPTED" });
    expect(other.model.requests).toHaveLength(0);
  });

  it("works for a manager that calls tools", async () => {
    const worker = agentOf([code("finalAnswer(await add(20, 22))")], about);
    const { agent, model } = toolAgentOf([nativeCalls(delegate), nativeAnswer(42)], { managedAgents: [worker.agent] });
    await agent.run("Go.");
    expect(lastText(model.requests[1])).toContain("42");
  });

  it("has variables of its own", async () => {
    const worker = agentOf([code("finalAnswer(typeof secret)")], about);
    const { agent } = agentOf([code("const secret = 1; finalAnswer(await worker('Look.'))")], {
      managedAgents: [worker.agent],
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toContain("undefined");
  });
});

describe("the time of a managed agent", () => {
  it("is not that of the code that waits for it", async () => {
    const slow = doing("slow", () => new Promise((resolve) => setTimeout(resolve, 2_000)));
    const worker = toolAgentOf([nativeCalls({ name: "slow", input: {} }), nativeAnswer("slept")], {
      ...about,
      tools: [slow],
    });
    const { agent } = agentOf([code("finalAnswer(await worker('Sleep.'))")], {
      managedAgents: [worker.agent],
      limits: { timeoutMs: 1_500 },
    });
    await using _ = agent;
    expect(await agent.run("Go.", { maxSteps: 1 })).toContain("slept");
  });
});

describe("an agent as a tool", () => {
  it("can be called without a manager", async () => {
    const worker = toolAgentOf([nativeAnswer("There are 3.")], about);
    const report = await new AgentTool(worker.agent).call({ task: "Count the ships." });
    expect(report).toContain("There are 3.");
  });

  it("checks what it is called with", async () => {
    const worker = toolAgentOf([], about);
    await expect(new AgentTool(worker.agent).call({ work: "Count." })).rejects.toThrow("wrong arguments");
  });

  it.each([
    ["a name", { description: "Works." }],
    ["a description", { name: "worker" }],
    ["more than blanks as a description", { name: "worker", description: "  " }],
  ])("needs %s", (_title, options) => {
    const worker = toolAgentOf([], options);
    expect(() => codeKind.make([], { managedAgents: [worker.agent] })).toThrow("needs a name and a description");
  });
});
