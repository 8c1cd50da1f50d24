// A page with two agents: one calls its tool natively, one writes code, which runs in a worker of the page. Their model
// is behind OpenAI's protocol, on the server that the page comes from.
import { OpenAIModel } from "@smoltools/adapters/models/openai";
import { CodeAgent, tool, ToolCallingAgent } from "@smoltools/core";
import { workerSandbox } from "./worker-sandbox.ts";

const add = tool({
  name: "add",
  description: "Adds two numbers.",
  input: { type: "object", properties: { a: { type: "number" }, b: { type: "number" } }, required: ["a", "b"] },
  output: { type: "number" },
  execute: ({ a, b }) => a + b,
});
const model = new OpenAIModel({ model: "test-model", baseUrl: `${location.origin}/v1`, retries: 0 });

const calling = new ToolCallingAgent({ model, tools: [add] });
const coding = new CodeAgent({ model, tools: [add], sandbox: workerSandbox });
const answers: unknown[] = [];
try {
  answers.push(await calling.run("What is 2 and 3?"), await coding.run("What are 1 and 2, and 3 and 4?"));
} catch (error) {
  answers.push(String(error));
} finally {
  await calling.dispose();
  await coding.dispose();
}
document.body.textContent = JSON.stringify(answers);
document.body.id = "done";
