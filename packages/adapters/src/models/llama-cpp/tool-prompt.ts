import type { Message, ModelTool } from "@smoltools/core";
import { textMessage } from "@smoltools/core";

/**
 * The conversation of a request whose answer must be a tool call: what the tools are is said in front of it. The form
 * of the call is ensured by a grammar; that the model knows it beforehand makes what it writes better.
 */
export function withToolPrompt(messages: readonly Message[], tools: readonly ModelTool[]): Message[] {
  const described = tools.map(({ name, description, inputSchema }) =>
    JSON.stringify({ name, description, arguments: inputSchema }),
  );
  const text =
    "These tools can be called:\n" +
    described.join("\n") +
    '\n\nAnswer with the call of one tool and nothing else, as JSON: {"name": "the tool", "arguments": {…}}';
  const index = messages.findIndex((message) => message.role !== "system");
  const at = index === -1 ? messages.length : index;
  return [...messages.slice(0, at), textMessage("system", text), ...messages.slice(at)];
}
