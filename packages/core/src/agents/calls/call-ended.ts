import { isSmoltoolsError } from "../../errors/smoltools-error.ts";
import type { AgentErrorCode } from "../agent-error.ts";

const codes: ReadonlySet<string> = new Set<AgentErrorCode>(["AGENT_INTERRUPTED", "AGENT_ABORTED", "AGENT_DISPOSED"]);

/** Tells whether an error says that the run of an agent was ended from outside: nothing that a model did wrong. */
export function isEndOfRun(error: unknown): boolean {
  return isSmoltoolsError(error) && codes.has(error.code);
}

/** What a manager's model is told of that: the error itself is advice for programmers. */
export const callEnded = "The call was ended before it was complete.";
