import { trace } from "@opentelemetry/api";
import { CodeAgent } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { openTelemetry } from "./open-telemetry.ts";
import { add, code, RecordedSpans, sandbox } from "./test-support/recorded-spans.ts";

describe("openTelemetry", () => {
  it("takes the tracer of the global provider when none is given", async () => {
    using spans = new RecordedSpans();
    const observer = await openTelemetry();
    trace.setGlobalTracerProvider(spans.provider);
    const model = new ScriptedModel([code("finalAnswer(1)")]);
    await using agent = new CodeAgent({ model, sandbox, observers: [observer] });
    await agent.run("Go.");
    trace.disable();
    expect(new Set(spans.ended.map((span) => span.instrumentationScope.name))).toEqual(
      new Set(["@smoltools/adapters"]),
    );
  });

  it("does no harm without a provider", async () => {
    const model = new ScriptedModel([code("finalAnswer(await add(1, 2))")]);
    await using agent = new CodeAgent({ model, sandbox, tools: [add], observers: [await openTelemetry()] });
    expect(await agent.run("Go.")).toBe(3);
  });
});
