import {
  CodeAgent as CoreCodeAgent,
  type CodeAgentOptions as CoreOptions,
  type CodeChecker,
  type SandboxProvider,
} from "@smoltools/core";
import type { AgentLoadOptions } from "./agents/load/agent-load-options.ts";
import { endOwned, type LoadedAgent, loadedOf } from "./agents/parts/loaded-agents.ts";
import type { AgentPushOptions, PushedAgent, SavedAgent } from "./agents/save/save-agent.ts";
import type { AgentSaveOptions } from "./agents/save/saving.ts";
import { defaultSandbox } from "./sandboxes/default-sandbox.ts";
import { defaultTypeCheck } from "./default-type-check.ts";
import { publishAgent, saveAgent } from "./saved-agents.ts";

/** Options of {@link CodeAgent}: those of core, with a sandbox and a type check by default. */
export type CodeAgentOptions = Omit<CoreOptions, "sandbox" | "typeCheck"> & {
  /** Where the code runs. @default "auto": that of `autoSandbox()`, QuickJS */
  sandbox?: SandboxProvider | "auto";
  /**
   * Checks code before it runs; `false` for no check.
   *
   * @default `typeCheck()` of `@smoltools/adapters/type-check` for QuickJS, where `typescript` 7 is installed
   */
  typeCheck?: CodeChecker | false;
};

/**
 * The code agent of `@smoltools/core`, which can be saved, pushed and loaded here. Its code runs in QuickJS unless
 * another sandbox is named, and is type-checked before it runs where TypeScript 7 is installed.
 */
export class CodeAgent extends CoreCodeAgent {
  declare readonly kind: "code";
  /** What the agent was made with. */
  readonly options: CodeAgentOptions & { sandbox?: SandboxProvider };

  constructor(given: CodeAgentOptions) {
    const { sandbox: chosen = "auto", typeCheck, ...options } = given;
    const sandbox = chosen === "auto" ? defaultSandbox : chosen;
    const isKnown = sandbox.name === "quickjs";
    const checker = typeCheck === false ? undefined : (typeCheck ?? (isKnown ? defaultTypeCheck : undefined));
    super({ ...options, sandbox, ...(checker && { typeCheck: checker }) });
    this.options = { ...options, ...(chosen !== "auto" && { sandbox }), ...(typeCheck !== undefined && { typeCheck }) };
  }

  /** Loads an agent of a hub. See {@link AgentLoadOptions}, and `loadAgent` for agents of either class. */
  static async fromHub(ref: string, options: AgentLoadOptions = {}): Promise<CodeAgent> {
    const { loadAgentOf } = await import("./agents/load/load-agent.ts");
    return loadAgentOf("CodeAgent", { ref }, options);
  }

  /** Loads an agent of a folder, as {@link save} writes it, or of an archive. */
  static async fromFolder(path: string, options: AgentLoadOptions = {}): Promise<CodeAgent> {
    const { loadAgentOf } = await import("./agents/load/load-agent.ts");
    return loadAgentOf("CodeAgent", { path }, options);
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

  override fork(): CodeAgent {
    return new CodeAgent(this.options);
  }

  override async dispose(): Promise<void> {
    await super.dispose();
    await endOwned(this);
  }
}
