import type { CodeLanguage, JsonObject, JsonSchema, SandboxLimits } from "@smoltools/core";
import type { Permissions } from "../../manifest/permissions.ts";
import type { RepoType } from "../../ref/ref.ts";

/** The classes of agents that can be saved. */
export type AgentClass = "CodeAgent" | "ToolCallingAgent";

/** A function of the program that saved the agent, by its name: whoever loads the agent gives one in its place. */
export interface HookRecord {
  hook: string;
}

/**
 * A prompt: a text with gaps, a function of the program, or a Jinja template with the variables that smolagents has
 * for it.
 */
export type PromptRecord = string | HookRecord | { jinja: string };

/** A model without its secrets. */
export interface ModelRecord {
  /** The kind of the implementation, such as `"openai"`. */
  provider: string;
  /** The model's name at its provider. */
  id: string;
  /** What the implementation was told besides. Absent: it cannot be made again from a file. */
  settings?: JsonObject;
}

/** A package of a hub, pinned. It is on the hub that the agent comes from. */
export interface LockedPackage {
  /** As it was asked for, without `#tool`. */
  ref: string;
  repoType: RepoType;
  repo: string;
  version?: string;
  /** 40 hexadecimal digits. */
  commit: string;
  /** That of the package's manifest. */
  integrity: string;
  permissions: Permissions;
}

/** A tool: of a package on the hub, of a package inside of this one, or one that comes with smoltools. */
export type ToolRecord =
  | ({ kind: "package"; tool: string } & LockedPackage)
  | { kind: "bundled"; path: string; tool: string; integrity: string; permissions: Permissions }
  | { kind: "built-in"; name: string; settings: JsonObject };

/** A managed agent: a package of its own, or a part of this one. */
export type ManagedAgentRecord = ({ kind: "package" } & LockedPackage) | { kind: "inline"; agent: AgentDefinition };

/** A sandbox, by the name of its kind. */
export interface SandboxRecord {
  name: string;
  language: CodeLanguage;
  /** The modules that Python code may import. */
  imports?: readonly string[] | "*";
}

/** The options of an agent, under the names that they have in a program. */
export interface AgentOptionsRecord {
  name?: string;
  description?: string;
  instructions?: string;
  prompts?: Readonly<Record<string, PromptRecord>>;
  maxSteps?: number;
  budget?: { maxTokens?: number; maxDurationMs?: number; maxToolCalls?: number };
  stopWhen?: HookRecord;
  planningInterval?: number;
  answerSchema?: JsonSchema;
  finalAnswerChecks?: readonly HookRecord[];
  /** By the kind of step. */
  onStep?: Readonly<Record<string, readonly HookRecord[]>>;
  compaction?: { maxTokens: number; keepSteps?: number; model?: ModelRecord };
  maxImages?: number;
  toolSearch?: { maxTokens?: number };
  modelParameters?: { maxTokens?: number; temperature?: number };
  provideRunSummary?: boolean;
  beforeToolCall?: HookRecord;
  needsApproval?: readonly string[] | HookRecord;
  approve?: HookRecord;
  /** Of a CodeAgent, like those that follow. */
  sandbox?: SandboxRecord;
  fetch?: HookRecord;
  limits?: Partial<SandboxLimits>;
  /** Present where the code is not checked before it runs. */
  typeCheck?: false;
  structured?: boolean;
  codeTags?: { open: string; close: string };
  /** Of a ToolCallingAgent, like the next one. */
  maxParallelCalls?: number;
  toolChoice?: "auto" | "required";
}

/** Everything that makes an agent. */
export interface AgentDefinition {
  class: AgentClass;
  model: ModelRecord;
  tools: readonly ToolRecord[];
  managedAgents: readonly ManagedAgentRecord[];
  options: AgentOptionsRecord;
}

/** An agent with those that it manages and that are part of the same file: itself first. */
export function inlineAgents(definition: AgentDefinition): AgentDefinition[] {
  const below = definition.managedAgents.flatMap((record) =>
    record.kind === "inline" ? inlineAgents(record.agent) : [],
  );
  return [definition, ...below];
}

/** Where a pinned package is. */
export function placeOf({ repoType, repo, commit }: Pick<LockedPackage, "repoType" | "repo" | "commit">): string {
  return `${repoType}s/${repo}@${commit}`;
}
