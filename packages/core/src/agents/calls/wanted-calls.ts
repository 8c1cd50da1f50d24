import type { ToolCallPart } from "../../messages/message.ts";
import type { ModelReply } from "../../model/collect.ts";
import { AgentError } from "../agent-error.ts";
import { throwIfIncomplete } from "../loop/incomplete-answer.ts";
import { callsAsText, callsInText, type WantedCall } from "./calls-in-text.ts";
import { quotedName } from "./name-list.ts";

/** The built-in tool that ends the task. */
export const finalAnswerName = "final_answer";

/** Most calls that one answer may ask for. */
export const maxCalls = 50;
/** How deep arguments may be: a memory with deeper ones could not be read again. */
const maxDepth = 128;

/**
 * The calls that a model's answer asks for: native ones, else those that it wrote into the text.
 *
 * @param isNative - Whether the model can call natively: JSON in the midst of its text is no call then.
 * @throws AgentError `AGENT_CUT_OFF`, `AGENT_FILTERED`, `AGENT_NO_CALL`, `AGENT_BAD_JSON` or `AGENT_FINAL_NOT_ALONE`.
 */
export function wantedCalls({ finishReason, toolCalls, text }: ModelReply, isNative: boolean): WantedCall[] {
  throwIfIncomplete(finishReason);
  const calls = toolCalls.length > 0 ? toolCalls : isNative ? callsAsText(text) : callsInText(text);
  if (calls.length > maxCalls) {
    throw new AgentError(
      `Your answer makes ${calls.length} calls, and at most ${maxCalls} are allowed in one answer: none of them was made. Make fewer, and look at their results first.`,
      { code: "AGENT_BAD_JSON" },
    );
  }
  if (calls.length > 1 && calls.some(({ name }) => name === finalAnswerName)) {
    throw new AgentError(
      `${finalAnswerName} came together with other calls, and none of them was made. Look at the results of the other calls first, then call ${finalAnswerName} alone.`,
      { code: "AGENT_FINAL_NOT_ALONE" },
    );
  }
  return calls;
}

/** The calls under the ids that the model gave them, equal ones too; a call without an id gets one. */
export function withIds(calls: readonly ToolCallPart[]): ToolCallPart[] {
  return calls.map((call, index) => (call.id === "" ? { ...call, id: `call_${index + 1}` } : call));
}

/**
 * The arguments of a call as an object.
 *
 * @throws AgentError `AGENT_BAD_JSON` with advice for the model.
 */
export function argumentsOf({ name, arguments: given }: WantedCall): unknown {
  const value = typeof given === "string" ? parsed(name, given) : given;
  if (isTooDeep(value)) {
    throw new AgentError(
      `The arguments of ${quotedName(name)} are nested deeper than ${maxDepth} levels: give flat values, or a text.`,
      { code: "AGENT_BAD_JSON" },
    );
  }
  return value;
}

function parsed(name: string, text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AgentError(
      `The arguments of ${quotedName(name)} are an invalid JSON blob: ${text.slice(0, 200)}. Write one JSON object with the arguments by name.`,
      { code: "AGENT_BAD_JSON" },
    );
  }
}

/** Looks level by level, so that depth costs no stack. */
function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isObject);
  for (let depth = 1; depth <= maxDepth; depth++) {
    if (level.length === 0) return false;
    level = level.flatMap((each) => Object.values(each)).filter(isObject);
  }
  return level.length > 0;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
