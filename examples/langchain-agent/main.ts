// A tool from a hub in an agent of LangChain: `createAgent`, with our tool beside one of LangChain's own.
import assert from "node:assert/strict";
import { AIMessage, ToolMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import { toLangchain } from "@smoltools/adapters/langchain";
import { createAgent } from "langchain";
import { Tool } from "smoltools";
import { z } from "zod";
import { localHub } from "../local-hub.ts";

const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey = "none", SMOLTOOLS_MODEL: id = "gpt-4.1-mini" } = process.env;

await using hub = await localHub();
await hub.smoltools("push", "langchain-agent/sun-hours.ts", "demo/sun", "--version", "1.2.0");

// From here on it is what any program does that wants the tool.
await using sunHours = await Tool.fromHub("demo/sun@^1.2");

const latitude = tool(({ city }) => ({ Oslo: 59.9, Quito: -0.2 })[city] ?? "unknown", {
  name: "latitude",
  description: "Looks up how far north a city is, in degrees.",
  schema: z.object({ city: z.string() }),
});

const scripted = fakeModel()
  .respondWithTools([
    { name: "latitude", args: { city: "Oslo" } },
    { name: "latitude", args: { city: "Quito" } },
  ])
  .respondWithTools([
    { name: "sunHours", args: { latitude: 59.9, dayOfYear: 172 } },
    { name: "sunHours", args: { latitude: -0.2, dayOfYear: 172 } },
  ])
  .respond(new AIMessage("On 21 June the sun shines 18.5 hours in Oslo and 12 hours in Quito."));
const model = baseURL ? new ChatOpenAI({ model: id, apiKey, configuration: { baseURL } }) : scripted;

const agent = createAgent({ model, tools: [latitude, await toLangchain(sunHours)] });
const { messages } = await agent.invoke({
  messages: [{ role: "user", content: "How long is the sun up on 21 June (day 172) in Oslo and in Quito?" }],
});
for (const message of messages.slice(1)) {
  if (ToolMessage.isInstance(message)) console.log(`  ${message.name} → ${String(message.content)}`);
  else if (AIMessage.isInstance(message)) {
    for (const { name, args } of message.tool_calls ?? []) console.log(`  ${name}(${JSON.stringify(args)})`);
  }
}
const answer = messages.at(-1)?.text ?? "";
console.log(answer);

const hours = messages.filter((message) => ToolMessage.isInstance(message) && message.name === "sunHours");
assert.deepEqual(hours.map(({ content }) => Number(content)).sort(), [12, 18.5]);
assert.match(answer, /18\.5[^]*12/);
console.log("Checked: the hours are those of the almanac.");
