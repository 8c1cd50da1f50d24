import { SpanStatusCode } from "@opentelemetry/api";
import { type ModelRequest, tool, ToolCallingAgent } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { code, exceptionsOf, RecordedSpans } from "./test-support/recorded-spans.ts";

describe("what goes wrong", () => {
  it("in a tool, is recorded with its stack, and marks call and step but not the agent", async () => {
    using spans = new RecordedSpans();
    const fail = tool({
      name: "fail",
      description: "Fails.",
      execute: () => {
        throw new Error("No way.");
      },
    });
    await spans.run([code("await fail()"), code("finalAnswer(1)")], { tools: [fail] });
    const call = spans.get("TOOL");
    expect(call.status).toEqual({ code: SpanStatusCode.ERROR, message: "TOOL_FAILED: fail failed: No way." });
    expect(exceptionsOf(call)).toEqual([
      {
        "exception.type": "TOOL_FAILED",
        "exception.message": "fail failed: No way.",
        "exception.stacktrace": expect.stringContaining("ToolExecutionError"),
      },
    ]);
    expect(spans.get("CHAIN", "Step 1").status.code).toBe(SpanStatusCode.ERROR);
    expect(spans.get("AGENT").status.code).toBe(SpanStatusCode.OK);
  });

  it("before a tool is called, marks the call", async () => {
    using spans = new RecordedSpans();
    const beforeToolCall = () => ({ action: "deny" as const, reason: "Not today." });
    await spans.run([code("await add(1, 2)"), code("finalAnswer(1)")], { beforeToolCall });
    expect(spans.get("TOOL").status.message).toMatch(/^CALL_REFUSED: .*Not today\./);
  });

  it("at the provider, marks request, step and agent", async () => {
    using spans = new RecordedSpans();
    await spans.run([new Error("No network.")]);
    expect(spans.ended.map(({ name, status }) => [name, status.message])).toEqual([
      ["chat scripted-model", "Error: No network."],
      ["Step 1", "Error: No network."],
      ["CodeAgent", "Error: No network."],
    ]);
  });
});

describe("when the time runs out", () => {
  /** A run whose model gives nothing but its closing answer. */
  async function outOfTime(spans: RecordedSpans, options: { planningInterval?: number }): Promise<void> {
    const reply = ({ tools, stop }: ModelRequest): string | Promise<string> =>
      tools || stop ? new Promise(() => {}) : "Nothing.";
    const model = new ScriptedModel(Array.from({ length: 30 }, () => reply));
    const observers = [await spans.observe()];
    const budget = { maxDurationMs: 100 };
    await using agent = new ToolCallingAgent({ model, budget, observers, ...options });
    await agent.run("Go.");
  }

  it("during a request, marks the request and its step", async () => {
    using spans = new RecordedSpans();
    await outOfTime(spans, {});
    expect(spans.requests[0]?.status.message).toMatch(/^AGENT_OUT_OF_TIME: /);
    expect(spans.get("CHAIN", "Step 1").status.code).toBe(SpanStatusCode.ERROR);
    expect(spans.requests.at(-1)?.status.code).toBe(SpanStatusCode.OK);
    expect(spans.get("AGENT").attributes["smoltools.state"]).toBe("max-duration");
  });

  it("during a plan, marks its request", async () => {
    using spans = new RecordedSpans();
    await outOfTime(spans, { planningInterval: 1 });
    expect(spans.requests[0]?.attributes["smoltools.purpose"]).toBe("plan");
    expect(spans.requests[0]?.status.message).toMatch(/^AGENT_OUT_OF_TIME: /);
  });
});
