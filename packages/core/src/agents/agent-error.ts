import { SmoltoolsError } from "../errors/smoltools-error.ts";

/**
 * Errors of agents.
 *
 * | code | meaning |
 * | --- | --- |
 * | `AGENT_CONFIG` | the agent or a run was set up wrongly: two tools of one name, a bad option, a bad variable |
 * | `AGENT_BUSY` | a run is in progress; one agent does one run at a time |
 * | `AGENT_DISPOSED` | the agent was disposed during the run |
 * | `AGENT_NO_CODE` | the model's answer holds no code; it is shown this and goes on |
 * | `AGENT_CUT_OFF` | the model's answer reached the length limit before its code ended; it is shown this and goes on |
 * | `AGENT_FILTERED` | the provider's content filter ended the answer before its code did; the model is shown this and goes on |
 * | `AGENT_ABORTED` | in a step: the run's signal was aborted, or its reader closed the stream |
 * | `AGENT_FAILED` | in a step: an error that has no code of smoltools ended the run |
 *
 * The last two are seen in the `error` of a step only: such a run rejects with the signal's reason, or with the very
 * error that ended it.
 */
export type AgentErrorCode =
  | "AGENT_CONFIG"
  | "AGENT_BUSY"
  | "AGENT_DISPOSED"
  | "AGENT_NO_CODE"
  | "AGENT_CUT_OFF"
  | "AGENT_FILTERED"
  | "AGENT_ABORTED"
  | "AGENT_FAILED";

/** Something wrong with an agent, or with what its model wrote. */
export class AgentError extends SmoltoolsError<AgentErrorCode, object> {}
