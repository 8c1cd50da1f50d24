import {
  type JsonObject,
  type JsonValue,
  type Message,
  messageText,
  type ModelTool,
  type ToolCallPart,
} from "@smoltools/core";
import { mergeNeighbours } from "../shared/request/merge-neighbours.ts";
import { pastArguments } from "../shared/request/past-arguments.ts";

/** A message as chat templates take it. */
export interface ChatMessage {
  role: string;
  content: string;
  [name: string]: JsonValue;
}

/**
 * Writes a conversation as chat templates take it. Arguments of calls are objects, not texts, because templates write
 * them as JSON themselves.
 *
 * Source: https://huggingface.co/docs/transformers/chat_extras.
 */
export function chatMessages(messages: readonly Message[]): ChatMessage[] {
  const names = new Map<string, string>();
  const merged = mergeNeighbours(
    messages.map((message): JsonObject => {
      const content = messageText(message);
      if (message.role === "tool") {
        const { toolCallId } = message;
        return { role: "tool", tool_call_id: toolCallId, name: names.get(toolCallId) ?? "unknown", content };
      }
      if (message.role !== "assistant" || !message.toolCalls?.length) return { role: message.role, content };
      for (const { id, name } of message.toolCalls) names.set(id, name);
      return { role: "assistant", content, tool_calls: message.toolCalls.map(chatCall) };
    }),
  );
  return merged.map((message) =>
    Object.assign(message, { role: String(message["role"]), content: String(message["content"]) }),
  );
}

/** Describes tools as chat templates take them. */
export function chatTools(tools: readonly ModelTool[]): object[] {
  return tools.map(({ name, description, inputSchema }) => ({
    type: "function",
    function: { name, description, parameters: inputSchema },
  }));
}

function chatCall({ id, name, arguments: written }: ToolCallPart): JsonObject {
  return { id, type: "function", function: { name, arguments: pastArguments(written) } };
}
