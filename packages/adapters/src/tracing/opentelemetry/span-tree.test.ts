import { SpanStatusCode } from "@opentelemetry/api";
import { type AgentEvent, CodeAgent, ToolCallingAgent, tool } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { add, code, nativeCalls, RecordedSpans, sandbox } from "./test-support/recorded-spans.ts";

describe("the spans of a run", () => {
  it("form a tree of agent, steps, requests, calls and managed agents", async () => {
    using spans = new RecordedSpans();
    const search = tool({
      name: "search",
      description: "Searches.",
      execute: async () => {
        await Promise.resolve();
        spans.tracer.startSpan("GET /search").end();
        return "found";
      },
    });
    const helper = new CodeAgent({
      model: new ScriptedModel([code("finalAnswer(await search())")], "small"),
      sandbox,
      tools: [search],
      name: "helper",
      description: "Searches.",
    });
    const model = new ScriptedModel(
      ["1. Ask.", code("await add(1, 2)"), code("finalAnswer(await helper('Go.'))")],
      "large",
    );
    const observers = [await spans.observe()];
    await using agent = new CodeAgent({
      model,
      sandbox,
      tools: [add],
      managedAgents: [helper],
      observers,
      planningInterval: 5,
      name: "manager",
    });
    await agent.run("Find it.");
    expect(spans.tree).toEqual([
      "AGENT manager",
      "  LLM chat large",
      "  CHAIN Step 1",
      "    LLM chat large",
      "    TOOL add",
      "  CHAIN Step 2",
      "    LLM chat large",
      "    TOOL helper",
      "      AGENT helper",
      "        CHAIN Step 1",
      "          LLM chat small",
      "          TOOL search",
      "            - GET /search",
    ]);
    expect(new Set(spans.ended.map(({ status }) => status.code))).toEqual(
      new Set([SpanStatusCode.OK, SpanStatusCode.UNSET]),
    );
  });

  it("stand below the span in which the run was begun", async () => {
    using spans = new RecordedSpans();
    await spans.tracer.startActiveSpan("GET /chat", async (request) => {
      await spans.run([code("finalAnswer(1)")]);
      request.end();
    });
    expect(spans.tree).toEqual([
      "- GET /chat",
      "  AGENT CodeAgent",
      "    CHAIN Step 1",
      "      LLM chat scripted-model",
    ]);
  });

  it("keep calls apart that happen at the same time", async () => {
    using spans = new RecordedSpans();
    const waiting: (() => void)[] = [];
    const meet = tool({
      name: "meet",
      description: "Waits for the other call.",
      input: { type: "object", properties: { who: { type: "string" } }, required: ["who"] },
      execute: async ({ who }) => {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 2) for (const go of waiting) go();
        });
        spans.tracer.startSpan(`inside ${String(who)}`).end();
        return who;
      },
    });
    const model = new ScriptedModel([
      nativeCalls(["meet", { who: "a" }], ["meet", { who: "b" }]),
      nativeCalls(["final_answer", { answer: 1 }]),
    ]);
    await using agent = new ToolCallingAgent({ model, tools: [meet], observers: [await spans.observe()] });
    await agent.run("Go.");
    const calls = spans.ended.filter(({ name }) => name === "meet");
    const found = calls.map((call) => [
      call.attributes["tool.id"],
      call.attributes["output.value"],
      spans.below(call.spanContext().spanId),
    ]);
    expect(found.sort()).toEqual([
      ["call_1_1", "a", ["- inside a"]],
      ["call_1_2", "b", ["- inside b"]],
    ]);
  });

  it("are those of each agent once, when manager and managed agent have the same observer", async () => {
    using spans = new RecordedSpans();
    const observers = [await spans.observe()];
    const one = new ScriptedModel([code("finalAnswer(1)")]);
    const helper = new CodeAgent({ model: one, sandbox, observers, name: "helper", description: "Helps." });
    const model = new ScriptedModel([code("finalAnswer(await helper('Go.'))")]);
    await using agent = new CodeAgent({ model, sandbox, observers, managedAgents: [helper] });
    await agent.run("Go.");
    expect(spans.tree.filter((line) => line.includes("AGENT"))).toHaveLength(2);
  });
});

describe("a run that is ended from outside", () => {
  /** A tool that never answers, in a manager's helper; and when it is called. */
  async function stuckManager(spans: RecordedSpans): Promise<{ manager: CodeAgent; called: Promise<void> }> {
    let call = (): void => undefined;
    const called = new Promise<void>((resolve) => (call = resolve));
    const stuck = tool({
      name: "stuck",
      description: "Never answers.",
      execute: () => {
        call();
        return new Promise(() => {});
      },
    });
    const helper = new CodeAgent({
      model: new ScriptedModel([code("await stuck()")]),
      sandbox,
      tools: [stuck],
      name: "helper",
      description: "Helps.",
    });
    const model = new ScriptedModel([code("await helper('Go.')")]);
    const observers = [await spans.observe()];
    return { manager: new CodeAgent({ model, sandbox, managedAgents: [helper], observers, name: "manager" }), called };
  }

  /** Resolves when both agents' spans are ended: that of the managed one may come a little later. */
  async function allEnded(spans: RecordedSpans): Promise<void> {
    await expect
      .poll(() => spans.tree)
      .toEqual([
        "AGENT manager",
        "  CHAIN Step 1",
        "    LLM chat scripted-model",
        "    TOOL helper",
        "      AGENT helper",
        "        CHAIN Step 1",
        "          LLM chat scripted-model",
        "          TOOL stuck",
      ]);
  }

  it("by abort, has all its spans ended, with the reason", async () => {
    using spans = new RecordedSpans();
    const { manager, called } = await stuckManager(spans);
    const abort = new AbortController();
    const run = manager.run("Go.", { signal: abort.signal });
    await called;
    abort.abort(new Error("Enough."));
    await expect(run).rejects.toThrow("Enough.");
    await allEnded(spans);
    expect(spans.get("AGENT", "manager").status.message).toBe("Error: Enough.");
    expect(spans.get("TOOL", "stuck").status.code).toBe(SpanStatusCode.ERROR);
  });

  it("by a reader that leaves, has all its spans ended", async () => {
    using spans = new RecordedSpans();
    const { manager } = await stuckManager(spans);
    const isStuck = (event: AgentEvent): boolean =>
      event.type === "managed-agent" && event.event.type === "tool-call" && event.event.tool === "stuck";
    for await (const event of manager.stream("Go.")) if (isStuck(event)) break;
    await allEnded(spans);
    expect(spans.get("AGENT", "manager").status.message).toMatch(/^AGENT_ABORTED: /);
  });

  it("with the result in hand, has ended well", async () => {
    using spans = new RecordedSpans();
    const model = new ScriptedModel([code("finalAnswer(1)")]);
    await using agent = new CodeAgent({ model, sandbox, observers: [await spans.observe()] });
    for await (const event of agent.stream("Go.")) if (event.type === "result") break;
    expect(spans.get("AGENT").status.code).toBe(SpanStatusCode.OK);
  });
});
