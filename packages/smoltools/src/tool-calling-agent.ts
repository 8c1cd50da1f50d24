import { ToolCallingAgent as CoreToolCallingAgent, type ToolCallingAgentOptions } from "@smoltools/core";
import type { AgentLoadOptions } from "./agents/load/agent-load-options.ts";
import { endOwned, type LoadedAgent, loadedOf } from "./agents/parts/loaded-agents.ts";
import type { AgentPushOptions, PushedAgent, SavedAgent } from "./agents/save/save-agent.ts";
import type { AgentSaveOptions } from "./agents/save/saving.ts";
import { publishAgent, saveAgent } from "./saved-agents.ts";

/** The tool-calling agent of `@smoltools/core`, which can be saved, pushed and loaded here. */
export class ToolCallingAgent extends CoreToolCallingAgent {
  declare readonly kind: "tool-calling";
  /** What the agent was made with. */
  readonly options: ToolCallingAgentOptions;

  constructor(options: ToolCallingAgentOptions) {
    super(options);
    this.options = options;
  }

  /** Loads an agent of a hub. See {@link AgentLoadOptions}, and `loadAgent` for agents of either class. */
  static async fromHub(ref: string, options: AgentLoadOptions = {}): Promise<ToolCallingAgent> {
    const { loadAgentOf } = await import("./agents/load/load-agent.ts");
    return loadAgentOf("ToolCallingAgent", { ref }, options);
  }

  /** Loads an agent of a folder, as {@link save} writes it, or of an archive. */
  static async fromFolder(path: string, options: AgentLoadOptions = {}): Promise<ToolCallingAgent> {
    const { loadAgentOf } = await import("./agents/load/load-agent.ts");
    return loadAgentOf("ToolCallingAgent", { path }, options);
  }

  /** Where the agent was loaded from, and what it lost on the way; `undefined` for one of this program. */
  get loaded(): LoadedAgent | undefined {
    return loadedOf(this);
  }

  /** Writes the agent to a folder: functions by their names, keys not at all. See `saveAgent`. */
  save(folder: string, options: AgentSaveOptions = {}): Promise<SavedAgent> {
    return saveAgent(this, folder, options);
  }

  /** Publishes the agent on a hub. See `publishAgent`. */
  push(name: string, options: AgentPushOptions): Promise<PushedAgent> {
    return publishAgent(this, name, options);
  }

  override fork(): ToolCallingAgent {
    return new ToolCallingAgent(this.options);
  }

  override async dispose(): Promise<void> {
    await super.dispose();
    await endOwned(this);
  }
}
