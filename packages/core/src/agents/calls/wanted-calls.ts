import type { ToolCallPart } from "../../messages/message.ts";
import type { ModelReply } from "../../model/collect.ts";
import { AgentError } from "../agent-error.ts";
import { throwIfInterrupted } from "../loop/interruption.ts";
import { callsInText, type WantedCall } from "./calls-in-text.ts";

/** The built-in tool that ends the task. */
export const finalAnswerName = "final_answer";

/**
 * The calls that a model's answer asks for: native ones, else those that it wrote into the text.
 *
 * @throws AgentError `AGENT_CUT_OFF`, `AGENT_FILTERED`, `AGENT_NO_CALL`, `AGENT_BAD_JSON` or `AGENT_FINAL_NOT_ALONE`.
 */
export function wantedCalls(reply: ModelReply, finalAnswer: string = finalAnswerName): WantedCall[] {
  throwIfInterrupted(reply.finishReason);
  const calls = reply.toolCalls.length > 0 ? reply.toolCalls : callsInText(reply.text);
  if (calls.length > 1 && calls.some(({ name }) => name === finalAnswer)) {
    throw new AgentError(
      `${finalAnswer} came together with other calls, and none of them was made. Look at the results of the other calls first, then call ${finalAnswer} alone.`,
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
  if (typeof given !== "string") return given;
  if (given.trim() === "") return {};
  try {
    return JSON.parse(given) as unknown;
  } catch {
    throw new AgentError(
      `The arguments of ${name} are an invalid JSON blob: ${given.slice(0, 200)}. Write one JSON object with the arguments by name.`,
      { code: "AGENT_BAD_JSON" },
    );
  }
}
