import { type Message, messageText, ModelError, type ToolCallPart } from "@smoltools/core";
import type { ChatHistoryItem, ChatModelFunctionCall, ChatModelResponse } from "node-llama-cpp";
import { pastArguments } from "../shared/request/past-arguments.ts";

/**
 * Writes a conversation as node-llama-cpp has it: a tool's result stands with its call, inside the model's message.
 *
 * @param messages - The conversation, oldest first.
 * @returns The conversation, with the model's message that is to be continued as the last.
 * @throws ModelError `MODEL_BAD_REQUEST` for images, which these models are not given.
 */
export function chatHistory(messages: readonly Message[]): ChatHistoryItem[] {
  const history: ChatHistoryItem[] = [];
  const calls = new Map<string, ChatModelFunctionCall>();
  for (const message of messages) {
    const text = textOf(message);
    if (message.role === "system") {
      history.push({ type: "system", text });
    } else if (message.role === "user") {
      history.push({ type: "user", text });
    } else if (message.role === "assistant") {
      const { response } = modelItem(history);
      if (text !== "") response.push(text);
      for (const part of message.toolCalls ?? []) {
        const call = functionCall(part, part === message.toolCalls?.[0]);
        calls.set(part.id, call);
        response.push(call);
      }
    } else {
      const call = calls.get(message.toolCallId);
      // A result whose call is no longer part of the conversation is shown as what the user says.
      if (call) call.result = text;
      else history.push({ type: "user", text: `Result of a tool:\n${text}` });
    }
  }
  modelItem(history);
  return history;
}

/** The model's message that the conversation ends with. */
function modelItem(history: ChatHistoryItem[]): ChatModelResponse {
  const last = history.at(-1);
  if (last?.type === "model") return last;
  const item: ChatModelResponse = { type: "model", response: [] };
  history.push(item);
  return item;
}

function functionCall({ name, arguments: written }: ToolCallPart, startsNewChunk: boolean): ChatModelFunctionCall {
  return {
    type: "functionCall",
    name,
    params: pastArguments(written),
    result: "",
    startsNewChunk,
  };
}

function textOf(message: Message): string {
  if (message.content.some((part) => part.type === "image")) {
    throw new ModelError("LlamaCppModel takes no images. Send texts, or use a model that sees.", {
      code: "MODEL_BAD_REQUEST",
    });
  }
  return messageText(message);
}
