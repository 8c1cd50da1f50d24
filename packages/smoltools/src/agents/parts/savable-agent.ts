import type { Agent, ToolCallingAgentOptions } from "@smoltools/core";
import { AgentFileError } from "@smoltools/hub";
import type { CodeAgentOptions } from "../../code-agent.ts";

/** An agent of smoltools: unlike core's, it tells what it was made with. */
export type SavableAgent = Agent &
  (
    | { readonly kind: "code"; readonly options: CodeAgentOptions }
    | { readonly kind: "tool-calling"; readonly options: ToolCallingAgentOptions }
  );

/**
 * @throws AgentFileError `AGENT_NOT_SAVABLE` for an agent that does not tell what it was made with.
 */
export function checkSavable(agent: Agent): asserts agent is SavableAgent {
  if ("options" in agent && typeof agent.options === "object" && agent.options !== null) return;
  throw new AgentFileError(
    `${agent.name ?? "The agent"} is a ${agent.constructor.name} that does not tell what it was made with: make it with CodeAgent or ` +
      'ToolCallingAgent of "smoltools"',
    { code: "AGENT_NOT_SAVABLE", data: { agent: agent.name } },
  );
}
