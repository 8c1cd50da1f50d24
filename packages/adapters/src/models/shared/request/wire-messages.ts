import {
  type ContentPart,
  type ImagePart,
  type JsonObject,
  type JsonValue,
  type Message,
  messageText,
  type ToolCallPart,
} from "@smoltools/core";
import { isRecord, parseJson } from "../../../shared/json-access.ts";
import { pastArguments } from "./past-arguments.ts";

/**
 * Writes a conversation as the protocol has it, message by message.
 *
 * Content without images is a plain text, which every server takes. Images that a tool returned follow as a message
 * of the user, after the last of the tool messages, because tool messages hold text only.
 *
 * Source: https://platform.openai.com/docs/api-reference/chat/create, `messages`.
 */
export function wireMessages(messages: readonly Message[]): JsonObject[] {
  const wire: JsonObject[] = [];
  let toolImages: JsonValue[] = [];
  for (const message of messages) {
    if (message.role !== "tool" && toolImages.length > 0) {
      wire.push({ role: "user", content: toolImages });
      toolImages = [];
    }
    wire.push(wireMessage(message));
    if (message.role === "tool") toolImages.push(...imagesOf(message.content, message.toolCallId));
  }
  if (toolImages.length > 0) wire.push({ role: "user", content: toolImages });
  return wire;
}

function wireMessage(message: Message): JsonObject {
  switch (message.role) {
    case "tool":
      return { role: "tool", tool_call_id: message.toolCallId, content: messageText(message) };
    case "assistant": {
      const calls = message.toolCalls ?? [];
      const content = wireContent(message);
      if (calls.length === 0) return { role: "assistant", content };
      return { role: "assistant", content: content === "" ? null : content, tool_calls: calls.map(wireCall) };
    }
    default:
      return { role: message.role, content: wireContent(message) };
  }
}

function wireContent(message: Message): JsonValue {
  if (message.content.every((part) => part.type === "text")) return messageText(message);
  return message.content.map((part) => (part.type === "text" ? { type: "text", text: part.text } : wireImage(part)));
}

function wireImage({ mediaType, data, url }: ImagePart): JsonObject {
  return {
    type: "image_url",
    image_url: { url: data === undefined ? (url ?? "") : `data:${mediaType};base64,${data}` },
  };
}

function imagesOf(parts: readonly ContentPart[], toolCallId: string): JsonValue[] {
  const images = parts.filter((part) => part.type === "image").map(wireImage);
  return images.length === 0 ? [] : [{ type: "text", text: `Images from tool call ${toolCallId}:` }, ...images];
}

/**
 * vLLM, SGLang, Ollama and llama.cpp refuse a whole conversation when the arguments of one past call are no JSON
 * object.
 */
function wireCall({ id, name, arguments: written }: ToolCallPart): JsonObject {
  const sendable = isRecord(parseJson(written)) ? written : JSON.stringify(pastArguments(written));
  return { id, type: "function", function: { name, arguments: sendable } };
}
