import { SmoltoolsError } from "@smoltools/core";

/**
 * Errors of saved agents.
 *
 * | code | meaning |
 * | --- | --- |
 * | `AGENT_FILE_MISSING` | the repo or folder has no agent.json |
 * | `AGENT_FILE_INVALID` | agent.json, or a file that it needs, is not what its format says |
 * | `AGENT_FILE_TOO_LARGE` | there are more agents, tools or texts in it than are read |
 * | `AGENT_CYCLE` | an agent manages itself, directly or through others |
 * | `AGENT_CLASS_UNKNOWN` | the agent is of a class that there is not, or of another one than was asked for |
 * | `AGENT_MODEL_NEEDED` | the model cannot be made from the file: the caller has to give one |
 * | `AGENT_MODEL_FOREIGN` | the file sends requests to a host that the caller did not allow |
 * | `AGENT_HOOK_MISSING` | the agent has functions of its program that the caller did not give |
 * | `AGENT_SANDBOX_REFUSED` | the file names a sandbox that is not made for a file |
 * | `AGENT_TOOL_REFUSED` | a tool of the file cannot be had as the file wants it |
 * | `AGENT_NOT_SAVABLE` | a part of the agent cannot be written to a file |
 */
export type AgentFileErrorCode =
  | "AGENT_FILE_MISSING"
  | "AGENT_FILE_INVALID"
  | "AGENT_FILE_TOO_LARGE"
  | "AGENT_CYCLE"
  | "AGENT_CLASS_UNKNOWN"
  | "AGENT_MODEL_NEEDED"
  | "AGENT_MODEL_FOREIGN"
  | "AGENT_HOOK_MISSING"
  | "AGENT_SANDBOX_REFUSED"
  | "AGENT_TOOL_REFUSED"
  | "AGENT_NOT_SAVABLE";

/** An agent that cannot be saved or loaded. */
export class AgentFileError extends SmoltoolsError<AgentFileErrorCode, Record<string, unknown>> {}
