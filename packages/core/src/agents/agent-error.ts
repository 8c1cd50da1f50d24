import { SmoltoolsError } from "../errors/smoltools-error.ts";

/**
 * Errors of agents.
 *
 * | code | meaning |
 * | --- | --- |
 * | `AGENT_CONFIG` | the agent or a run was set up wrongly: two tools of one name, a bad option, a bad variable |
 * | `AGENT_BUSY` | a run is in progress; one agent does one run at a time |
 * | `AGENT_DISPOSED` | the agent was disposed during the run |
 * | `AGENT_INTERRUPTED` | `interrupt()` ended the run before its next step |
 * | `AGENT_CALLBACK_FAILED` | a callback, hook or observer of the program threw; `cause` is its error |
 *
 * These the model is shown, and the run goes on:
 *
 * | code | meaning |
 * | --- | --- |
 * | `AGENT_NO_CODE` | the answer holds no code |
 * | `AGENT_NO_CALL` | the answer holds no call of a tool |
 * | `AGENT_BAD_JSON` | the answer, or the arguments of a call, should be JSON and are not, or hold too many calls or levels |
 * | `AGENT_CUT_OFF` | the answer reached the length limit before its code or calls ended |
 * | `AGENT_FILTERED` | the provider's content filter ended the answer before its code or calls did |
 * | `AGENT_TYPE_ERROR` | the type check found errors in the code; it was not run |
 * | `AGENT_UNKNOWN_TOOL` | a tool of that name does not exist |
 * | `AGENT_FINAL_NOT_ALONE` | the final answer came together with other calls |
 * | `AGENT_CALL_DENIED` | a hook or a person did not allow the call |
 * | `AGENT_CALL_BUDGET` | the run may make no more calls of tools |
 * | `AGENT_CHECK_FAILED` | the final answer did not pass a check |
 * | `AGENT_OUT_OF_TIME` | the time budget of the run ended during the step; the model is asked for its answer. Where it ended before there was a sandbox, the run rejects with it |
 *
 * These are seen in the `error` of a step only: such a run rejects with the signal's reason, or with the very error
 * that ended it.
 *
 * | code | meaning |
 * | --- | --- |
 * | `AGENT_ABORTED` | the run's signal was aborted, or its reader closed the stream |
 * | `AGENT_FAILED` | an error that has no code of smoltools ended the run |
 */
export type AgentErrorCode =
  | "AGENT_CONFIG"
  | "AGENT_BUSY"
  | "AGENT_DISPOSED"
  | "AGENT_INTERRUPTED"
  | "AGENT_CALLBACK_FAILED"
  | "AGENT_NO_CODE"
  | "AGENT_NO_CALL"
  | "AGENT_BAD_JSON"
  | "AGENT_CUT_OFF"
  | "AGENT_FILTERED"
  | "AGENT_TYPE_ERROR"
  | "AGENT_UNKNOWN_TOOL"
  | "AGENT_FINAL_NOT_ALONE"
  | "AGENT_CALL_DENIED"
  | "AGENT_CALL_BUDGET"
  | "AGENT_CHECK_FAILED"
  | "AGENT_OUT_OF_TIME"
  | "AGENT_ABORTED"
  | "AGENT_FAILED";

/** Something wrong with an agent, or with what its model wrote. */
export class AgentError extends SmoltoolsError<AgentErrorCode, object> {}

/** An option that cannot be. */
export function configError(message: string, cause?: unknown): AgentError {
  return new AgentError(message, { code: "AGENT_CONFIG", cause });
}
