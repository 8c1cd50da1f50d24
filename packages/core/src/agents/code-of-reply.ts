import type { ModelReply } from "../model/collect.ts";
import type { FinishReason } from "../model/model.ts";
import { AgentError } from "./agent-error.ts";
import { findCode, parseCode } from "./parse-code.ts";

/**
 * The code that a model's answer asks to run.
 *
 * Code that the length limit or a content filter cut off is never run: half a snippet can do harm that the whole would not.
 *
 * @throws AgentError `AGENT_CUT_OFF`, `AGENT_FILTERED` or `AGENT_NO_CODE`, each with advice for the model.
 */
export function codeOfReply({ text, finishReason }: ModelReply): string {
  const { code, open } = findCode(text);
  const complete = code !== "" && !open;
  const interruption = interruptionBy(finishReason);
  if (interruption && !complete) throw interruption;
  return parseCode(text);
}

function interruptionBy(finishReason: FinishReason): AgentError | undefined {
  if (finishReason === "length") {
    return new AgentError(
      "Your answer was cut off at the length limit: write less code in one step. Nothing of it was run.",
      { code: "AGENT_CUT_OFF" },
    );
  }
  if (finishReason === "content-filter") {
    return new AgentError(
      "Your answer was stopped by the provider's content filter: say it in another way, or solve the task in another way. Nothing of it was run.",
      { code: "AGENT_FILTERED" },
    );
  }
  return undefined;
}
