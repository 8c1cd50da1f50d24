import { errorMessage, isSmoltoolsError, type Model, type ToolCallingAgentOptions } from "@smoltools/core";
import { AgentFileError, type AgentOptionsRecord, type ModelRecord } from "@smoltools/hub";
import { CodeAgent, type CodeAgentOptions } from "../../code-agent.ts";
import { ToolCallingAgent } from "../../tool-calling-agent.ts";
import type { Report } from "../left-out.ts";
import { type AgentParts, agentOptions } from "./agent-options.ts";
import type { Loading } from "./loading.ts";

/** An agent that can be saved, and was loaded. */
export type UmbrellaAgent = CodeAgent | ToolCallingAgent;

/**
 * Makes an agent of what its file says, and of tools and managed agents that are there already.
 *
 * @param overrides - Options of the caller's.
 * @throws AgentFileError `AGENT_FILE_INVALID` for what no agent can be made of.
 */
export async function makeAgent(
  parts: AgentParts & { model: ModelRecord; options: AgentOptionsRecord },
  loading: Loading,
  report: Report,
  overrides: object = {},
): Promise<UmbrellaAgent> {
  const model = await loading.model(parts.model, parts.options.name);
  const options = await agentOptions(parts.options, parts, loading, report);
  const { tools, managedAgents } = parts;
  const all = { ...options, ...overrides, model, tools, managedAgents };
  try {
    return parts.class === "CodeAgent" ? makeCodeAgent(all) : makeToolCallingAgent(all);
  } catch (cause) {
    if (!isSmoltoolsError(cause)) throw cause;
    throw new AgentFileError(`The agent of ${loading.source} cannot be made: ${errorMessage(cause)}`, {
      code: "AGENT_FILE_INVALID",
      data: { source: loading.source },
      cause,
    });
  }
}

// Agents check what they are given when they are made, each option by itself.
function makeCodeAgent(options: { model: Model }): CodeAgent {
  return new CodeAgent(options as CodeAgentOptions);
}

function makeToolCallingAgent(options: { model: Model }): ToolCallingAgent {
  return new ToolCallingAgent(options as ToolCallingAgentOptions);
}
