import { collectReply, type ModelRequest, type ModelTool, textMessage } from "@smoltools/core";
import { testModel } from "@smoltools/core/testing";
import { env } from "@huggingface/transformers";
import { afterAll, describe, expect, it } from "vitest";
import { readAll } from "../shared/test-server/read-all.ts";
import { TinyModel, type TinyModelOptions } from "./test-weights/tiny-model.ts";
import { TransformersModel } from "./transformers-model.ts";

// The real library on a real ONNX file, whose weights say which token follows which: see tiny-model.
env.allowRemoteModels = false;

const conversation =
  "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}" +
  "{% if m.tool_calls %}<tool_call>{{ m.tool_calls | tojson }}</tool_call>{% endif %}<|im_end|>{% endfor %}";
const numbers = ["<|assistant|>", "one ", "two ", "three ", "four ", "five ", "six"];
const plain: TinyModelOptions = { chains: [numbers], template: `${conversation}<|assistant|>` };
const withTools: TinyModelOptions = {
  special: ["<|tools|>"],
  chains: [
    numbers,
    [
      "<|tools|>",
      "I ",
      "look. ",
      "<tool_call>",
      '{"name": "get_weather", ',
      '"arguments": {"city": "Rome"}}',
      "</tool_call>",
    ],
    ['<tool_call>\n{"name": "', 'get_weather", "arguments": ', '{"city": "Paris"}', "}\n</tool_call> "],
    ['<tool_call>\n{"name": "get_weather", "arguments": ', '{"city": "Oslo"}', "}"],
  ],
  template: `${conversation}{% if tools %}<|tools|>{% else %}<|assistant|>{% endif %}`,
};

const weather: ModelTool = {
  name: "get_weather",
  description: "Tells the weather in a city.",
  inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};
const request: ModelRequest = { messages: [textMessage("user", "count")] };

async function loaded(options: TinyModelOptions): Promise<TransformersModel> {
  await using tiny = await TinyModel.create(options);
  env.localModelPath = tiny.folder;
  // Awaited here: the folder is there until it is loaded.
  return await TransformersModel.load({ model: tiny.name, dtype: "fp32", device: "cpu" });
}

const contract = await loaded(withTools);
afterAll(() => contract.dispose());

describe("TransformersModel", () => {
  testModel({ model: contract, test: it });

  it("passes on texts as they come, the usage, and why the answer ended", async () => {
    await using model = await loaded(plain);
    const deltas = await readAll(model.stream(request));
    expect(deltas.slice(0, 2)).toEqual([
      { type: "text", text: "one " },
      { type: "text", text: "two " },
    ]);
    // The prompt is <|im_start|>, the unknown words, <|im_end|> and <|assistant|>; the answer ends with <|im_end|>.
    expect(deltas.slice(-2)).toEqual([
      { type: "usage", usage: { inputTokens: 4, outputTokens: 7 } },
      { type: "finish", reason: "stop" },
    ]);
  });

  it.each<[string, Partial<ModelRequest>, string, string]>([
    ["its most tokens", { maxTokens: 2 }, "one two ", "length"],
    ["a stop text", { stop: ["three"] }, "one two ", "stop"],
    ["a stop text within a token", { stop: ["hree", "x"] }, "one two t", "stop"],
    ["its end, though it is the last token", { maxTokens: 7 }, "one two three four five six", "stop"],
  ])("ends at %s", async (_, further, text, finishReason) => {
    await using model = await loaded(plain);
    expect(await collectReply(model.stream({ ...request, ...further }))).toMatchObject({ text, finishReason });
  });

  it("ends at the most tokens that it was made with", async () => {
    await using tiny = await TinyModel.create(plain);
    env.localModelPath = tiny.folder;
    await using model = await TransformersModel.load({ model: tiny.name, dtype: "fp32", device: "cpu", maxTokens: 1 });
    expect(await collectReply(model.stream(request))).toMatchObject({ text: "one ", finishReason: "length" });
  });

  it("ends where the model takes no more tokens", async () => {
    await using model = await loaded({ ...plain, maxTokens: 6 });
    expect(await collectReply(model.stream(request))).toMatchObject({ text: "one two ", finishReason: "length" });
  });

  it("refuses a conversation that is too long for the model", async () => {
    await using model = await loaded({ ...plain, maxTokens: 4 });
    await expect(collectReply(model.stream(request))).rejects.toMatchObject({ code: "MODEL_BAD_REQUEST" });
  });

  it("tells thoughts from text, also where the template begins them", async () => {
    const chain = ["<|assistant|>", "<think>", "hm ", "</think>", "yes"];
    await using model = await loaded({ chains: [chain], template: `${conversation}<|assistant|>` });
    expect(await collectReply(model.stream(request))).toMatchObject({ reasoning: "hm ", text: "yes" });
    const begun = ["<think>\n", "hm ", "</think>", "yes"];
    await using other = await loaded({ chains: [begun], template: `${conversation}<|assistant|>{{ '<think>\\n' }}` });
    expect(await collectReply(other.stream(request))).toMatchObject({ reasoning: "hm ", text: "yes" });
  });

  it("supports tools where the chat template takes them", async () => {
    await using model = await loaded(plain);
    expect(model.supports).toEqual({ tools: false, images: false, structuredOutput: false });
    expect(contract.supports.tools).toBe(true);
    const reply = collectReply(model.stream({ ...request, tools: [weather] }));
    await expect(reply).rejects.toMatchObject({ code: "MODEL_BAD_REQUEST" });
  });

  it.each<[string, Partial<ModelRequest>, string, object]>([
    ["of its own accord", {}, "I look. ", { city: "Rome" }],
    ["when it has to", { toolChoice: "required" }, "", { city: "Paris" }],
    ["that it is told to", { toolChoice: { name: "get_weather" } }, "", { city: "Oslo" }],
  ])("calls a tool %s", async (_, further, text, input) => {
    const reply = await collectReply(contract.stream({ ...request, tools: [weather], ...further }));
    expect(reply).toMatchObject({ text, toolCalls: [{ name: "get_weather" }], finishReason: "tool-calls" });
    expect(JSON.parse(reply.toolCalls[0]?.arguments ?? "")).toEqual(input);
  });

  it("reads a call whose mark is a special token", async () => {
    await using model = await loaded({
      special: ["[TOOL_CALLS]"],
      chains: [["<|assistant|>", "[TOOL_CALLS]", '[{"name": "get_weather", ', '"arguments": {"city": "Rome"}}]']],
      template: "{% if tools %}{# [TOOL_CALLS] #}{% endif %}{{ messages[0].content }}<|assistant|>",
    });
    const reply = await collectReply(model.stream({ ...request, tools: [weather] }));
    expect(reply).toMatchObject({ text: "", toolCalls: [{ name: "get_weather", arguments: '{"city":"Rome"}' }] });
  });

  it("is shown no tools that it must not call", async () => {
    const reply = await collectReply(contract.stream({ ...request, tools: [weather], toolChoice: "none" }));
    expect(reply).toMatchObject({ text: "one two three four five six", toolCalls: [] });
  });

  it("is passed on a refusal of its chat template as what is wrong with the request", async () => {
    await using model = await loaded({ ...plain, template: "{{ raise_exception('no system') }}" });
    const reply = collectReply(model.stream(request));
    await expect(reply).rejects.toThrow("no system");
    await expect(reply).rejects.toMatchObject({ code: "MODEL_BAD_REQUEST" });
  });

  it("answers no more when it was disposed of", async () => {
    const model = await loaded(plain);
    await model.dispose();
    await expect(collectReply(model.stream(request))).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    await model.dispose();
  });

  it("says that a model cannot be loaded", async () => {
    const load = TransformersModel.load({ model: "missing/model", localOnly: true });
    await expect(load).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
  });
});
