import type { FinishReason } from "../../model/model.ts";
import { AgentError } from "../agent-error.ts";

/**
 * Refuses an answer that the model could not write to its end.
 *
 * @throws AgentError `AGENT_CUT_OFF` or `AGENT_FILTERED`, with advice for the model.
 */
export function throwIfIncomplete(finishReason: FinishReason): void {
  if (finishReason === "length") {
    throw new AgentError(
      "Your answer was cut off at the length limit: write less in one step. Nothing of it was run.",
      {
        code: "AGENT_CUT_OFF",
      },
    );
  }
  if (finishReason === "content-filter") {
    throw new AgentError(
      "Your answer was stopped by the provider's content filter: say it in another way, or solve the task in another way. Nothing of it was run.",
      { code: "AGENT_FILTERED" },
    );
  }
}
