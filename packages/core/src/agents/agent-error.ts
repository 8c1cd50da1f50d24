import { SmoltoolsError } from "../errors/smoltools-error.ts";

/**
 * Errors of agents.
 *
 * | code | meaning |
 * | --- | --- |
 * | `AGENT_CONFIG` | the agent was set up wrongly: a missing part, two tools of one name |
 * | `AGENT_BUSY` | a run is in progress; one agent does one run at a time |
 * | `AGENT_NO_CODE` | the model's answer holds no code; it is shown this and goes on |
 */
export type AgentErrorCode = "AGENT_CONFIG" | "AGENT_BUSY" | "AGENT_NO_CODE";

/** Something wrong with an agent, or with what its model wrote. */
export class AgentError extends SmoltoolsError<AgentErrorCode, object> {}
