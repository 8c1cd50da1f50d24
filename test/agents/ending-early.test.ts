import { type AgentEvent, type AgentResult, type Model, type Sandbox, type Tool, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { agentOf, code, conversation, Gate, rejectionOf, sandbox } from "./agent-fixture.ts";

type Events = AsyncGenerator<AgentEvent, AgentResult | undefined, undefined>;

const answer = code("finalAnswer(1)");
const done = { done: true, value: undefined };
const disposed = { code: "AGENT_DISPOSED", message: expect.stringContaining("disposed during the run") };

/** A tool that never answers and ignores its signal; it tells when it was called and when it should have stopped. */
function stuckTool(): { stuck: Tool; called: Promise<void>; stopped: Promise<unknown> } {
  const called = new Gate();
  const stopped = new Gate<unknown>();
  const stuck = tool({
    name: "stuck",
    description: "Never answers.",
    execute: (_input, { signal }) => {
      signal?.addEventListener("abort", () => stopped.open(signal.reason));
      called.open();
      return new Promise(() => {});
    },
  });
  return { stuck, called: called.opened, stopped: stopped.opened };
}

/** A model that never answers; it tells when it was asked and when its request was ended. */
function hangingModel(): { model: Model; asked: Promise<void>; ended: Promise<unknown> } {
  const asked = new Gate();
  const ended = new Gate<unknown>();
  const model: Model = {
    id: "hanging",
    provider: "test",
    stream: (_request, { signal } = {}) => {
      const next = (): Promise<never> =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => {
            ended.open(signal.reason);
            reject(signal.reason);
          });
          asked.open();
        });
      return { [Symbol.asyncIterator]: () => ({ next }) };
    },
  };
  return { model, asked: asked.opened, ended: ended.opened };
}

/** QuickJS, whose first sandbox comes only when it is let. */
function slowSandbox(): {
  provider: typeof sandbox;
  creating: Promise<void>;
  let: () => void;
  created: Promise<Sandbox>;
} {
  const creating = new Gate();
  const gate = new Gate();
  const created = new Gate<Sandbox>();
  const provider: typeof sandbox = {
    ...sandbox,
    // Deaf to the signal, as a careless provider is.
    create: async ({ functions = {}, limits = {} } = {}) => {
      creating.open();
      await gate.opened;
      const made = await sandbox.create({ functions, limits });
      created.open(made);
      return made;
    },
  };
  return { provider, creating: creating.opened, let: () => gate.open(), created: created.opened };
}

/** What becomes of a sandbox: the code with which it refuses to run. */
const fateOf = (late: Sandbox): Promise<unknown> =>
  late.run("1").then(
    () => "alive",
    (error: { code?: unknown }) => error.code,
  );

async function readUntil(events: Events, type: AgentEvent["type"]): Promise<void> {
  let next = await events.next();
  while (!next.done && next.value.type !== type) next = await events.next();
}

describe("a reader that leaves while a next is pending", () => {
  it("ends a tool that never answers", async () => {
    const { stuck, stopped } = stuckTool();
    const { agent } = agentOf([code("await stuck()"), answer], { tools: [stuck] });
    await using _ = agent;
    const events = agent.stream("Go.");
    await readUntil(events, "tool-call");
    const pending = events.next();
    expect(await events.return(undefined)).toEqual(done);
    expect(await pending).toEqual(done);
    expect(await stopped).toMatchObject({ code: "AGENT_ABORTED" });
    expect(await agent.run("Again.")).toBe(1);
  });

  it("ends code that never ends", async () => {
    const { agent } = agentOf([code("while (true);"), answer]);
    await using _ = agent;
    const events = agent.stream("Go.");
    await readUntil(events, "code");
    const pending = events.next();
    await events[Symbol.asyncDispose]();
    expect(await pending).toEqual(done);
    expect(await agent.run("Again.", { reset: false })).toBe(1);
  });

  it("ends the model's request", async () => {
    const { model, asked, ended } = hangingModel();
    const { agent } = agentOf([], { model });
    await using _ = agent;
    const events = agent.stream("Go.");
    await readUntil(events, "model-request");
    const pending = events.next();
    await asked;
    await events.return(undefined);
    expect(await pending).toEqual(done);
    expect(await ended).toMatchObject({ code: "AGENT_ABORTED" });
  });

  it("does not wait for a model that ignores its signal", async () => {
    const { agent } = agentOf([() => new Promise<string>(() => {}), answer]);
    await using _ = agent;
    const events = agent.stream("Go.");
    await readUntil(events, "model-request");
    const pending = events.next();
    await events.return(undefined);
    expect(await pending).toEqual(done);
    expect(await agent.run("Again.")).toBe(1);
  });

  it("gets its own error back from throw", async () => {
    const { agent } = agentOf([() => new Promise<string>(() => {}), answer]);
    await using _ = agent;
    const events = agent.stream("Go.");
    await readUntil(events, "model-request");
    const pending = events.next();
    await expect(events.throw(new Error("mine"))).rejects.toThrow("mine");
    expect(await pending).toEqual(done);
    expect(await agent.run("Again.")).toBe(1);
  });

  it("leaves no sandbox that comes late", async () => {
    const slow = slowSandbox();
    const { agent } = agentOf([answer], { sandbox: slow.provider });
    await using _ = agent;
    const events = agent.stream("Go.");
    const pending = events.next();
    await slow.creating;
    await events.return(undefined);
    expect(await pending).toEqual(done);
    slow.let();
    const late = await slow.created;
    await expect.poll(() => fateOf(late)).toBe("SANDBOX_DISPOSED");
    expect(await agent.run("Again.")).toBe(1);
  });

  it("has closed the stream for good", async () => {
    const { agent, model } = agentOf([]);
    await using _ = agent;
    const events = agent.stream("Go.");
    await events.return(undefined);
    expect(await events.next()).toEqual(done);
    expect(model.requests).toEqual([]);
  });

  it("leaves a step that says how it ended", async () => {
    const { agent, model } = agentOf([code("1"), answer]);
    await using _ = agent;
    for await (const event of agent.stream("First.")) if (event.type === "model-delta") break;
    await agent.run("Next.", { reset: false });
    expect(conversation(model.requests[1])[1]).toEqual([
      "user",
      "The run was ended during this step (AGENT_ABORTED):\nThe reader of the events ended the run",
    ]);
  });

  it("does not touch another run of the agent", async () => {
    const { agent } = agentOf([answer]);
    await using _ = agent;
    const unread = agent.stream("Never begun.");
    const run = agent.run("Go.");
    await unread.return(undefined);
    expect(await run).toBe(1);
  });
});

describe("dispose during a run", () => {
  it("ends a tool that never answers, and the run rejects", async () => {
    const { stuck, called, stopped } = stuckTool();
    const { agent } = agentOf([code("await stuck()"), answer], { tools: [stuck] });
    const refused = rejectionOf(agent.run("Go."));
    await called;
    await agent.dispose();
    expect(await refused).toMatchObject(disposed);
    expect(await stopped).toMatchObject({ code: "AGENT_DISPOSED" });
    expect(await agent.run("Again.")).toBe(1);
    await agent.dispose();
  });

  it("ends the model's request, and the run rejects", async () => {
    const { model, asked, ended } = hangingModel();
    const { agent } = agentOf([], { model });
    const refused = rejectionOf(agent.run("Go."));
    await asked;
    await agent.dispose();
    expect(await refused).toMatchObject(disposed);
    expect(await ended).toMatchObject({ code: "AGENT_DISPOSED" });
    expect(agent.memory.steps.at(-1)).toMatchObject({ error: { code: "AGENT_DISPOSED", endedRun: true } });
  });

  it("tells a reader that was busy at its next call, once", async () => {
    const { agent } = agentOf([code("await add(1, 2)"), answer]);
    const events = agent.stream("Go.");
    await readUntil(events, "tool-call");
    await agent.dispose();
    expect(await agent.run("Again.")).toBe(1);
    await expect(events.next()).rejects.toMatchObject(disposed);
    expect(await events.next()).toEqual(done);
    await agent.dispose();
  });

  it("can be asked for by a tool of the run", async () => {
    const quit = tool({ name: "quit", description: "Ends it.", execute: () => agent.dispose() });
    const { agent } = agentOf([code("await quit()")], { tools: [quit] });
    await expect(agent.run("Go.")).rejects.toMatchObject(disposed);
  });

  it("disposes a sandbox that comes late", async () => {
    const slow = slowSandbox();
    const { agent } = agentOf([], { sandbox: slow.provider });
    const refused = rejectionOf(agent.run("Go."));
    await slow.creating;
    await agent.dispose();
    expect(await refused).toMatchObject(disposed);
    slow.let();
    const late = await slow.created;
    await expect.poll(() => fateOf(late)).toBe("SANDBOX_DISPOSED");
  });
});

describe("an abort by the caller", () => {
  it("disposes a sandbox that comes late", async () => {
    const slow = slowSandbox();
    const abort = new AbortController();
    const { agent } = agentOf([answer], { sandbox: slow.provider });
    await using _ = agent;
    const refused = rejectionOf(agent.run("Go.", { signal: abort.signal }));
    await slow.creating;
    abort.abort(new Error("enough"));
    expect(await refused).toMatchObject({ message: "enough" });
    slow.let();
    const late = await slow.created;
    await expect.poll(() => fateOf(late)).toBe("SANDBOX_DISPOSED");
    expect(await agent.run("Again.")).toBe(1);
  });

  it("forgets nothing when it came before the run", async () => {
    const { agent } = agentOf([answer]);
    await using _ = agent;
    await agent.run("First.");
    await expect(agent.run("Next.", { signal: AbortSignal.abort(new Error("early")) })).rejects.toThrow("early");
    expect(agent.memory.steps).toHaveLength(3);
  });
});
