import type { Attributes } from "@opentelemetry/api";
import { type Message, messageText, type ModelReply, type ModelRequest, type ToolCallPart } from "@smoltools/core";
import { cut, boundedJson } from "./content.ts";

// An SDK keeps 128 attributes of a span by default and drops the others. These bounds, and the about 40 attributes
// that a span of a model has besides, stay below.
const maxInputAttributes = 56;
const maxTools = 24;
const maxOutputCalls = 8;

/** How the model was called, without content. */
export function invocationParameters(request: ModelRequest): string {
  const { maxTokens, temperature, stop, toolChoice, responseFormat } = request;
  return JSON.stringify({
    max_tokens: maxTokens,
    temperature,
    stop,
    tool_choice: toolChoice,
    response_format: responseFormat?.name,
  });
}

/** The conversation and the tools that were offered. Of a long conversation: the first message and the latest ones. */
export function inputAttributes({ messages, tools = [] }: ModelRequest): Attributes {
  const [first, ...others] = messages.map(messageAttributes);
  let room = maxInputAttributes - Object.keys(first ?? {}).length;
  const latest = others.toReversed();
  const end = latest.findIndex((attributes) => (room -= Object.keys(attributes).length) < 0);
  const shown = [...(first ? [first] : []), ...latest.slice(0, end === -1 ? undefined : end).toReversed()];
  const omitted = messages.length - shown.length;
  return {
    ...numbered("llm.input_messages", shown),
    ...(omitted > 0 && { "smoltools.messages_omitted": omitted }),
    ...numbered(
      "llm.tools",
      tools.slice(0, maxTools).map(({ name, description, inputSchema }) => ({
        "tool.json_schema": cut(
          boundedJson({ type: "function", function: { name, description, parameters: inputSchema } }),
        ),
      })),
    ),
    ...(tools.length > maxTools && { "smoltools.tools_omitted": tools.length - maxTools }),
  };
}

/** The model's answer. */
export function outputAttributes({ text, reasoning, toolCalls }: ModelReply): Attributes {
  const content: Attributes =
    reasoning === ""
      ? { "message.content": cut(text) }
      : numbered("message.contents", [
          { "message_content.type": "reasoning", "message_content.text": cut(reasoning) },
          { "message_content.type": "text", "message_content.text": cut(text) },
        ]);
  const message = { "message.role": "assistant", ...content, ...callAttributes(toolCalls.slice(0, maxOutputCalls)) };
  return numbered("llm.output_messages", [message]);
}

/** What the answer took, and why it ended. */
export function figureAttributes({ usage, finishReason }: ModelReply): Attributes {
  return {
    "llm.finish_reason": finishReason.replaceAll("-", "_"),
    ...(usage && {
      "llm.token_count.prompt": usage.inputTokens,
      "llm.token_count.completion": usage.outputTokens,
      "llm.token_count.total": usage.inputTokens + usage.outputTokens,
    }),
  };
}

function messageAttributes(message: Message): Attributes {
  // Neither bytes nor addresses, which may be signed.
  const images = message.content.flatMap((part) => (part.type === "image" ? [`(image: ${part.mediaType})`] : []));
  const text = [messageText(message), ...images].filter((part) => part !== "").join("\n");
  return {
    "message.role": message.role,
    ...(text !== "" && { "message.content": cut(text) }),
    ...(message.role === "assistant" && callAttributes(message.toolCalls ?? [])),
    ...(message.role === "tool" && { "message.tool_call_id": message.toolCallId }),
  };
}

function callAttributes(calls: readonly ToolCallPart[]): Attributes {
  return numbered(
    "message.tool_calls",
    calls.map((call) => ({
      "tool_call.id": call.id,
      "tool_call.function.name": call.name,
      "tool_call.function.arguments": cut(call.arguments),
    })),
  );
}

function numbered(prefix: string, items: readonly Attributes[]): Attributes {
  const entries = items.flatMap((item, index) =>
    Object.entries(item).map(([key, value]) => [`${prefix}.${index}.${key}`, value] as const),
  );
  return Object.fromEntries(entries);
}
