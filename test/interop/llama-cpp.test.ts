import {
  collectReply,
  type Message,
  type ModelDelta,
  type ModelRequest,
  SchemaValidator,
  textMessage,
  type ModelTool,
} from "@smoltools/core";
import { LlamaCppModel } from "@smoltools/adapters/models/llama-cpp";
import { testModel } from "@smoltools/core/testing";
import { afterAll, describe, expect, it } from "vitest";
import { smolLm2Hint, smolLm2Path } from "./smollm2.ts";

const model = new LlamaCppModel({ modelPath: smolLm2Path ?? "missing.gguf", contextSize: 2048, gpu: false });
afterAll(() => model.dispose());

const weather: ModelTool = {
  name: "get_weather",
  description: "Tells the weather in a city.",
  inputSchema: {
    type: "object",
    properties: {
      city: { type: "string" },
      unit: { enum: ["celsius", "fahrenheit"] },
      days: { type: "integer", description: "How many days ahead." },
    },
    required: ["city", "unit"],
    additionalProperties: false,
  },
};

const ask = (text: string, further: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [textMessage("user", text)],
  maxTokens: 64,
  temperature: 0,
  ...further,
});

async function deltasOf(request: ModelRequest): Promise<ModelDelta[]> {
  const deltas: ModelDelta[] = [];
  for await (const delta of model.stream(request)) deltas.push(delta);
  return deltas;
}

describe.skipIf(!smolLm2Path)(`LlamaCppModel on SmolLM2-135M${smolLm2Path ? "" : ` (${smolLm2Hint})`}`, () => {
  testModel({ model, test: it });

  it("answers in many pieces, and says how many tokens were used and why it stopped", async () => {
    const deltas = await deltasOf(ask("What is the capital of France?"));
    const { text, usage, finishReason } = await collectReply(asStream(deltas));
    expect(deltas.filter(({ type }) => type === "text").length).toBeGreaterThan(3);
    expect(text).toContain("Paris");
    expect(finishReason).toBe("stop");
    expect(usage?.inputTokens).toBeGreaterThan(10);
    expect(usage?.outputTokens).toBeGreaterThanOrEqual(deltas.length - 2);
  });

  it("counts all tokens of the conversation, also those that it has computed before", async () => {
    const first = await collectReply(model.stream(ask("Say hello.", { maxTokens: 1 })));
    const second = await collectReply(model.stream(ask("Say hello.", { maxTokens: 1 })));
    expect(second.usage).toEqual(first.usage);
    expect(first.usage?.outputTokens).toBe(1);
    expect(first.finishReason).toBe("length");
  });

  it("remembers what was said before", async () => {
    const messages = [
      textMessage("user", "My name is Maria."),
      textMessage("assistant", "Nice to meet you, Maria."),
      textMessage("user", "What is my name?"),
    ];
    expect((await collectReply(model.stream(ask("", { messages })))).text).toContain("Maria");
  });

  it.each([
    ["a word", " capital", "The"],
    ["a part of a word", "apit", "The c"],
  ])("ends its text before a stop text that is %s", async (_, stop, text) => {
    const reply = await collectReply(model.stream(ask("What is the capital of France?", { stop: ["zebra", stop] })));
    expect(reply).toMatchObject({ text, finishReason: "stop" });
  });

  it("ends soon when it is aborted, and answers again", async () => {
    const controller = new AbortController();
    let pieces = 0;
    let after = 0;
    const run = async (): Promise<void> => {
      const request = ask("Tell a long story of a dragon.", { maxTokens: 1500 });
      for await (const delta of model.stream(request, { signal: controller.signal })) {
        if (controller.signal.aborted) after++;
        if (delta.type === "text" && ++pieces === 5) controller.abort(new Error("enough"));
      }
    };
    await expect(run()).rejects.toThrow("enough");
    expect([pieces, after]).toEqual([5, 0]);
    expect((await collectReply(model.stream(ask("What is the capital of France?")))).text).toContain("Paris");
  });

  it.each([["required" as const], [{ name: "get_weather" }]])(
    "writes a tool call that fits its schema, for toolChoice %j",
    async (toolChoice) => {
      const request = ask("What is the weather in Paris, in celsius?", {
        tools: [weather],
        toolChoice,
        maxTokens: 128,
      });
      const { toolCalls, finishReason, text } = await collectReply(model.stream(request));
      expect(finishReason).toBe("tool-calls");
      expect(text).toBe("");
      expect(toolCalls).toHaveLength(1);
      const input: unknown = JSON.parse(toolCalls[0]?.arguments ?? "");
      expect(new SchemaValidator(weather.inputSchema).findings(input)).toEqual([]);
      expect(input).toMatchObject({ city: "Paris", unit: "celsius" });
    },
  );

  it("answers without a call when tools are offered and none is needed", async () => {
    const { finishReason, toolCalls } = await collectReply(model.stream(ask("Say hello.", { tools: [weather] })));
    expect([finishReason, toolCalls]).toEqual(["stop", []]);
  });

  it("calls a tool of its own accord where the conversation has shown it how", async () => {
    const examples = ["Rome", "London", "Berlin"].flatMap((city): Message[] => [
      textMessage("user", `What is the weather in ${city}?`),
      {
        role: "assistant",
        content: [],
        toolCalls: [{ id: city, name: "get_weather", arguments: JSON.stringify({ city, unit: "celsius" }) }],
      },
      { role: "tool", toolCallId: city, content: [{ type: "text", text: "sunny" }] },
      textMessage("assistant", "It is sunny."),
    ]);
    const messages = [...examples, textMessage("user", "What is the weather in Paris?")];
    const { toolCalls, finishReason } = await collectReply(model.stream(ask("", { messages, tools: [weather] })));
    expect(finishReason).toBe("tool-calls");
    expect(toolCalls.map(({ name }) => name)).toContain("get_weather");
    for (const { arguments: written } of toolCalls) {
      expect(new SchemaValidator(weather.inputSchema).findings(JSON.parse(written))).toEqual([]);
    }
  });

  it("goes on behind a call and its result", async () => {
    const messages = [
      ...ask("What is the weather in Paris?").messages,
      {
        role: "assistant" as const,
        content: [],
        toolCalls: [{ id: "a", name: "get_weather", arguments: '{"city":"Paris","unit":"celsius"}' }],
      },
      { role: "tool" as const, toolCallId: "a", content: [{ type: "text" as const, text: "It rains, 7 degrees." }] },
    ];
    const { text } = await collectReply(model.stream(ask("", { messages, tools: [weather] })));
    expect(text).toMatch(/rain|7/);
  });

  it("writes JSON of a responseFormat, and leaves out what it has nothing for", async () => {
    const schema = {
      type: "object" as const,
      properties: { name: { type: "string" as const }, age: { type: "integer" as const } },
      required: ["name"],
      additionalProperties: false,
    };
    const request = ask("Ada Lovelace was born in London. Who is this about?", {
      responseFormat: { name: "person", schema },
    });
    const { text } = await collectReply(model.stream(request));
    expect(new SchemaValidator(schema).findings(JSON.parse(text))).toEqual([]);
  });

  it("refuses a conversation that its context does not hold", async () => {
    const words = ask("word ".repeat(4000));
    await expect(collectReply(model.stream(words))).rejects.toMatchObject({ code: "MODEL_BAD_REQUEST" });
    await expect(collectReply(model.stream(words))).rejects.toThrow("raise contextSize");
  });

  it("answers no more when it was disposed of, which ends the call that is running", async () => {
    const short = new LlamaCppModel({ modelPath: smolLm2Path ?? "", contextSize: 512, gpu: false });
    const iterator = short.stream(ask("Tell a long story of a dragon.", { maxTokens: 400 }))[Symbol.asyncIterator]();
    await iterator.next();
    await short.dispose();
    await expect(iterator.next()).rejects.toThrow("disposed of");
    await expect(collectReply(short.stream(ask("Say hello.")))).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    await short.dispose();
  });
});

async function* asStream(deltas: readonly ModelDelta[]): AsyncGenerator<ModelDelta, void, undefined> {
  yield* deltas;
}
