import type { Agent } from "@smoltools/core";
import type { AgentLoadOptions } from "./agents/load/agent-load-options.ts";
import type { AgentPushOptions, PushedAgent, SavedAgent } from "./agents/save/save-agent.ts";
import type { AgentSaveOptions } from "./agents/save/saving.ts";
import type { CodeAgent } from "./code-agent.ts";
import type { ToolCallingAgent } from "./tool-calling-agent.ts";

/**
 * Loads a saved agent of either class, of a hub, a folder or an archive: one of smoltools, or one that smolagents saved.
 *
 * Its code and its tools run in sandboxes, with what the caller grants; its models are asked at their providers' own
 * hosts unless the caller allows others. Disposing of the agent ends what was made for it.
 *
 * @param ref - `owner/name@range`, `./folder` or `./agent.tgz`.
 * @throws AgentFileError, PackageError, PermissionError, LockError, SignatureError, HubError; see their tables of codes.
 */
export async function loadAgent(ref: string, options: AgentLoadOptions = {}): Promise<CodeAgent | ToolCallingAgent> {
  const { loadAgent } = await import("./agents/load/load-agent.ts");
  return loadAgent(ref, options);
}

/**
 * Makes a package of an agent: its options, its tools as pinned refs or packages, the agents that it manages. Functions
 * are saved by their names; keys and other secrets are not saved at all.
 *
 * @throws AgentFileError `AGENT_NOT_SAVABLE` for a tool without a package, or an agent that is not one of this library;
 *   PackageError for a wrong name or version.
 */
export async function packageAgent(agent: Agent, options: AgentSaveOptions = {}): Promise<SavedAgent> {
  const { packageAgent } = await import("./agents/save/save-agent.ts");
  return packageAgent(agent, options);
}

/**
 * Writes an agent to a folder.
 *
 * @throws as {@link packageAgent} does; PackageError `SECRET_FOUND`, `REPO_NOT_PACKAGE`.
 */
export async function saveAgent(agent: Agent, folder: string, options: AgentSaveOptions = {}): Promise<SavedAgent> {
  const { saveAgent } = await import("./agents/save/save-agent.ts");
  return saveAgent(agent, folder, options);
}

/**
 * Publishes an agent on a hub.
 *
 * @param name - `owner/name`.
 * @throws as {@link packageAgent} and `pushAgent` of `@smoltools/hub` do; AgentFileError `AGENT_NOT_SAVABLE` for a tool
 *   that is pinned on another hub.
 */
export async function publishAgent(agent: Agent, name: string, options: AgentPushOptions): Promise<PushedAgent> {
  const { publishAgent } = await import("./agents/save/save-agent.ts");
  return publishAgent(agent, name, options);
}
