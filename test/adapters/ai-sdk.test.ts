import { toAiSdk, toolsFromAiSdk } from "@smoltools/adapters/ai-sdk";
import { MediaRef, tool as ourTool } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { generateText, isStepCount, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { CodeAgent } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type ToolFromHub, weatherFromHub } from "./hub-tools.ts";

let weather: ToolFromHub;
beforeAll(async () => {
  weather = await weatherFromHub();
});
afterAll(() => weather[Symbol.asyncDispose]());

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: 1, reasoning: undefined },
};

/** A model that calls tools, and then says it is done. */
function callingModel(...calls: { toolName: string; input: unknown }[]): MockLanguageModelV4 {
  return new MockLanguageModelV4({
    doGenerate: [
      {
        content: calls.map(({ toolName, input }, index) => ({
          type: "tool-call" as const,
          toolCallId: `call_${index}`,
          toolName,
          input: JSON.stringify(input),
        })),
        finishReason: { unified: "tool-calls", raw: undefined },
        usage,
        warnings: [],
      },
      {
        content: [{ type: "text", text: "Done." }],
        finishReason: { unified: "stop", raw: undefined },
        usage,
        warnings: [],
      },
    ],
  });
}

describe("generateText", () => {
  it("calls a tool from the hub, and shows the model its result", async () => {
    const model = callingModel(
      { toolName: "weather", input: { city: "Bern" } },
      { toolName: "weather", input: { city: "Basel" } },
    );
    const { text, steps } = await generateText({
      model,
      tools: toAiSdk([weather.tool]),
      stopWhen: isStepCount(3),
      prompt: "How warm is it?",
    });
    expect(text).toBe("Done.");
    expect(steps[0]?.toolResults.map(({ toolCallId, output }) => [toolCallId, output])).toEqual([
      ["call_0", { city: "Bern", degrees: 12 }],
      ["call_1", { city: "Basel", degrees: 15 }],
    ]);
    expect(model.doGenerateCalls[0]?.tools).toMatchObject([
      {
        type: "function",
        name: "weather",
        description: "Tells the weather in a city.",
        inputSchema: { required: ["city"] },
      },
    ]);
    expect(model.doGenerateCalls[1]?.prompt.at(-1)).toMatchObject({
      role: "tool",
      content: [
        { toolCallId: "call_0", output: { type: "json", value: { city: "Bern", degrees: 12 } } },
        { toolCallId: "call_1", output: { type: "json", value: { city: "Basel", degrees: 15 } } },
      ],
    });
  });

  it.each([
    [{ city: "Atlantis" }, "Atlantis has no weather"],
    [{ town: "Bern" }, "city"],
  ])("tells the model why a call with %j failed", async (input, why) => {
    const model = callingModel({ toolName: "weather", input });
    await generateText({ model, tools: toAiSdk([weather.tool]), stopWhen: isStepCount(3), prompt: "How warm is it?" });
    expect(JSON.stringify(model.doGenerateCalls[1]?.prompt.at(-1))).toContain(why);
  });

  it("shows the model an image as a file", async () => {
    const draw = ourTool({
      name: "draw",
      description: "Draws.",
      execute: () => MediaRef.fromBytes(new Uint8Array([137, 80, 78, 71]), { mediaType: "image/png" }),
    });
    const model = callingModel({ toolName: "draw", input: {} });
    await generateText({ model, tools: toAiSdk([draw]), stopWhen: isStepCount(3), prompt: "Draw." });
    expect(model.doGenerateCalls[1]?.prompt.at(-1)).toMatchObject({
      content: [
        { output: { type: "content", value: [{ type: "file", mediaType: "image/png", data: { data: "iVBORw==" } }] } },
      ],
    });
  });

  it("ends a call of a tool that is aborted", async () => {
    const controller = new AbortController();
    let reason: unknown;
    const wait = ourTool({
      name: "wait",
      description: "Waits.",
      execute: async (_input, { signal }) => {
        controller.abort(new Error("enough"));
        reason = signal?.reason;
      },
    });
    const run = generateText({
      model: callingModel({ toolName: "wait", input: {} }),
      tools: toAiSdk([wait]),
      stopWhen: isStepCount(3),
      prompt: "Wait.",
      abortSignal: controller.signal,
      maxRetries: 0,
    });
    await run.catch(() => undefined);
    expect(reason).toEqual(new Error("enough"));
  });
});

describe("a tool from the hub", () => {
  it("declares the same after a way through the AI SDK", async () => {
    const [back] = await toolsFromAiSdk(toAiSdk([weather.tool]));
    for (const key of ["name", "description", "inputSchema", "outputSchema", "annotations"] as const) {
      expect(back?.[key]).toEqual(weather.tool[key]);
    }
    expect(await back?.call({ city: "Bern" })).toEqual({ city: "Bern", degrees: 12 });
  });
});

describe("a CodeAgent", () => {
  it("calls tools of the AI SDK", async () => {
    const tools = await toolsFromAiSdk({
      add: tool({
        description: "Adds.",
        inputSchema: z.object({ a: z.number(), b: z.number() }),
        execute: ({ a, b }) => a + b,
      }),
    });
    const model = new ScriptedModel(["<code>\nfinalAnswer(await add(40, 2));\n</code>"]);
    await using agent = new CodeAgent({ model, tools });
    expect(await agent.run("Add.")).toBe(42);
  });
});
