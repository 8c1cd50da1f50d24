// A tool from a hub in the AI SDK: its loop, its model, and our tool with its version and its sandbox.
import assert from "node:assert/strict";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { toAiSdk } from "@smoltools/adapters/ai-sdk";
import { generateText, isStepCount } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { Tool } from "smoltools";
import { localHub } from "../local-hub.ts";

const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey = "none", SMOLTOOLS_MODEL: id = "gpt-4.1-mini" } = process.env;

await using hub = await localHub();
await hub.smoltools("push", "ai-sdk/postage.ts", "demo/postage", "--version", "1.0.0");

// From here on it is what any program does that wants the tool.
await using postage = await Tool.fromHub("demo/postage@^1");
console.log(`${postage.name}: ${postage.description}`);

const tools = toAiSdk([postage]);
const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};
const call = (toolCallId: string, input: object) =>
  ({ type: "tool-call", toolCallId, toolName: "postage", input: JSON.stringify(input) }) as const;
const scripted = new MockLanguageModelV4({
  doGenerate: [
    {
      // The second call has a wrong argument: the model is told, and the tool is not called.
      content: [call("1", { grams: 20 }), call("2", { grams: 5000, abroad: true })],
      finishReason: { unified: "tool-calls", raw: undefined },
      usage,
      warnings: [],
    },
    {
      content: [call("3", { grams: 500, abroad: true })],
      finishReason: { unified: "tool-calls", raw: undefined },
      usage,
      warnings: [],
    },
    {
      content: [{ type: "text", text: "The letter costs 95 cents, the parcel of 500 g abroad 1165 cents." }],
      finishReason: { unified: "stop", raw: undefined },
      usage,
      warnings: [],
    },
  ],
});

const model = baseURL ? createOpenAICompatible({ name: "mine", baseURL, apiKey })(id) : scripted;
const { text, steps } = await generateText({
  model,
  tools,
  stopWhen: isStepCount(5),
  prompt: "What does a letter of 20 g cost here, and one of 500 g to another country, in cents?",
});
for (const { content } of steps) {
  for (const part of content) {
    if (part.type === "tool-call") console.log("call  ", part.input);
    if (part.type === "tool-result") console.log("result", part.output);
    if (part.type === "tool-error") console.log("error ", String(part.error).split("\n").slice(0, 2).join(" "));
  }
}
console.log(text);

const results = steps.flatMap(({ toolResults }) => toolResults.map(({ output }) => output));
assert.deepEqual(results, [await postage.call({ grams: 20 }), await postage.call({ grams: 500, abroad: true })]);
for (const { price } of results as { price: number }[])
  assert.ok(text.includes(String(price)), `no ${price} in the answer`);
console.log("Checked: the AI SDK got what the tool gives.");
