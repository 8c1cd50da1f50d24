import type { Model, SandboxLimits, SandboxProvider, Tool, ToolCallingAgentOptions } from "@smoltools/core";
import type { ModelRecord } from "@smoltools/hub";
import type { CodeAgentOptions } from "../../code-agent.ts";
import type { HubLoadOptions } from "../../hub/hub-defaults.ts";
import type { LeftOut } from "../left-out.ts";
import type { ApiKey } from "../models/model-kind.ts";
import type { PythonAccess } from "../parts/sandbox-records.ts";

/** A function that a saved agent names: a callback, a check, a hook. */
export type AgentHook = (...args: never[]) => unknown;

/** Options of loading an agent. What its file does not have, and what it may do, is the caller's to say. */
export interface AgentLoadOptions extends Omit<HubLoadOptions, "sandbox" | "limits" | "trust"> {
  /**
   * In place of the models that the file names: one for all agents, or a function that gives one for each, or nothing to
   * have it made as the file says.
   */
  model?: Model | ((wanted: ModelRecord, agent: string | undefined) => Model | undefined | Promise<Model | undefined>);
  /**
   * Keys by the host that each is for: `{ "api.openai.com": key }`. A host that is named here may be asked. Where there is
   * none, the environment's `OPENAI_API_KEY` and the token of Hugging Face go to the hosts that they are for, and nowhere
   * else.
   */
  apiKeys?: Readonly<Record<string, ApiKey>>;
  /** Hosts that the file may name for its models besides the providers' own, such as `127.0.0.1:11434`. */
  allowHosts?: readonly string[];
  /** The functions that the file names. */
  hooks?: Readonly<Record<string, AgentHook>>;
  /** Tools in place of the agents' own of the same names. */
  tools?: Readonly<Record<string, Tool>>;
  /** Where code of the agents runs that is written in the sandbox's language. @default the sandbox that the file names, if it is one of this machine */
  sandbox?: SandboxProvider;
  /** Where the code of tools runs. @default as for `Tool.fromHub` */
  toolSandbox?: SandboxProvider;
  /** The most that the code of the agents may have. What is left out is at most the default. */
  limits?: Partial<SandboxLimits>;
  /** What Python code may import at most, and where its packages are. */
  python?: PythonAccess;
  /** Options in place of the file's, for the agent itself. */
  overrides?: Partial<
    Omit<CodeAgentOptions & ToolCallingAgentOptions, "model" | "tools" | "managedAgents" | "sandbox">
  >;
  /** Told what the file has and the agent has not. */
  onReport?: (report: readonly LeftOut[]) => void;
}
