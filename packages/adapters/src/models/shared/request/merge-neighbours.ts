import type { JsonObject, JsonValue } from "@smoltools/core";

/**
 * Joins neighbouring messages of one role: texts in lines of their own, lists of parts one after the other.
 *
 * Chat templates such as Gemma's and Mistral's want the user and the assistant to take turns, and refuse what does
 * not. Tool calls and their answers belong together by their ids: they are left alone.
 *
 * @param messages - A conversation as the protocol has it.
 */
export function mergeNeighbours(messages: readonly JsonObject[]): JsonObject[] {
  const merged: JsonObject[] = [];
  for (const message of messages) {
    const before = merged.at(-1);
    if (before && before["role"] === message["role"] && isPlain(before) && isPlain(message)) {
      merged[merged.length - 1] = { ...before, content: joined(before["content"], message["content"]) };
    } else {
      merged.push(message);
    }
  }
  return merged;
}

function isPlain(message: JsonObject): boolean {
  return message["role"] !== "tool" && message["tool_calls"] === undefined;
}

function joined(first: JsonValue | undefined, second: JsonValue | undefined): JsonValue {
  if (typeof first === "string" && typeof second === "string") {
    return first === "" || second === "" ? first + second : `${first}\n${second}`;
  }
  return [...parts(first), ...parts(second)];
}

function parts(content: JsonValue | undefined): readonly JsonValue[] {
  if (Array.isArray(content)) return content;
  return typeof content === "string" && content !== "" ? [{ type: "text", text: content }] : [];
}
