import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import { LlamaCppModel } from "@smoltools/adapters/models/llama-cpp";
import { type ActionStep, CodeAgent, tool, ToolCallingAgent } from "@smoltools/core";
import { afterAll, describe, expect, it } from "vitest";
import { smolLm2Hint, smolLm2Path } from "./smollm2.ts";

const model = new LlamaCppModel({ modelPath: smolLm2Path ?? "missing.gguf", contextSize: 4096, gpu: false });
afterAll(() => model.dispose());

const cities: string[] = [];
const weather = tool({
  name: "get_weather",
  description: "Tells the weather in a city.",
  input: {
    type: "object",
    properties: { city: { type: "string", description: "Name of the city." } },
    required: ["city"],
    additionalProperties: false,
  },
  output: { type: "string" },
  execute: ({ city }) => {
    cities.push(String(city));
    return `It is sunny in ${String(city)}.`;
  },
});

const common = { model, tools: [weather], maxSteps: 2, modelParameters: { temperature: 0, maxTokens: 120 } };

// A model of 135 million weights solves no task worth the name. What is shown here is that real weights, real tokens
// and real time go through the whole loop: each step is an answer of the model, and what came of it.
describe.skipIf(!smolLm2Path)(`on SmolLM2-135M${smolLm2Path ? "" : ` (${smolLm2Hint})`}`, () => {
  it("a ToolCallingAgent calls a tool with arguments that fit, and ends with an answer", async () => {
    const agent = new ToolCallingAgent({ ...common, instructions: "First call get_weather." });
    const result = await agent.run("What is the weather in Paris?", { returnFullResult: true });
    const [first] = result.steps as [ActionStep];
    expect(first.modelCalls).toHaveLength(1);
    expect(first.error).toBeUndefined();
    expect(["get_weather", "final_answer"]).toContain(first.modelCalls[0]?.name);
    expect(result.output).toEqual(expect.anything());
    expect(result.usage?.outputTokens).toBeGreaterThan(0);
    expect(result.toolCalls).toBe(cities.length);
  });

  it("a CodeAgent gets code from it as JSON, runs it, and ends with an answer", async () => {
    await using agent = new CodeAgent({ ...common, sandbox: quickjs(), structured: true });
    const result = await agent.run("Compute 6 * 7.", { returnFullResult: true });
    const written = result.steps.filter((step) => step.code !== undefined || step.error !== undefined);
    expect(written.length).toBeGreaterThan(0);
    expect(result.output).toBeDefined();
    expect(result.usage?.inputTokens).toBeGreaterThan(100);
  });

  it("a CodeAgent streams its thoughts piece by piece, and ends at once when its reader leaves", async () => {
    await using agent = new CodeAgent({ ...common, sandbox: quickjs() });
    let pieces = 0;
    for await (const event of agent.stream("Compute 6 * 7.")) {
      if (event.type === "model-delta" && event.delta.type === "text") pieces += 1;
      if (pieces === 3) break;
    }
    expect(pieces).toBe(3);
    expect(agent.memory.steps.at(-1)).toMatchObject({ kind: "action", error: { code: "AGENT_ABORTED" } });
  });
});
