import type { Model, SandboxProvider, Tool } from "@smoltools/core";
import {
  type AgentDefinition,
  AgentFileError,
  agentLimits,
  type HookRecord,
  hookUses,
  type ModelRecord,
  type Permissions,
  type SandboxRecord,
} from "@smoltools/hub";
import { hostFetch } from "@smoltools/hub/fetch";
import type { JsonObject } from "@smoltools/core";
import { type LeftOut, Report } from "../left-out.ts";
import { makeModel } from "../models/make-model.ts";
import { type BuiltInKind, builtInKindOf, settingsProblem } from "../parts/built-in-tools.ts";
import { type CodeAccess, makeSandbox } from "../parts/sandbox-records.ts";
import type { AgentHook, AgentLoadOptions } from "./agent-load-options.ts";

/** Largest answer that a tool of smoltools reads, in bytes. */
const maxResponseBytes = 8 * 1024 * 1024;

/** The work of loading one tree of agents. */
export class Loading {
  readonly options: AgentLoadOptions;
  /** What the caller named, for messages. */
  readonly source: string;
  readonly report: Report = new Report();
  /** What lives as long as the agent. */
  readonly owned: AsyncDisposable[] = [];
  readonly code: CodeAccess;

  constructor(source: string, options: AgentLoadOptions) {
    this.source = source;
    this.options = options;
    const { sandbox, limits, python } = options;
    this.code = { source, sandbox, limits, python };
  }

  get reported(): readonly LeftOut[] {
    return this.report.entries;
  }

  /**
   * Checks that the caller gave all functions that an agent of a file needs.
   *
   * @throws AgentFileError `AGENT_HOOK_MISSING` that lists those which are not.
   */
  checkHooks(definition: AgentDefinition): void {
    const uses = Object.entries(hookUses(definition)).sort(([a], [b]) => (a < b ? -1 : 1));
    const lacking = uses.filter(([name]) => this.#hook(name) === undefined);
    if (lacking.length === 0) return;
    const missing = lacking.map(([name]) => name);
    const places = lacking.map(([name, options]) => `${name} as ${options.join(" and ")}`).join(", ");
    throw new AgentFileError(
      `The agent of ${this.source} was saved with functions of its program, which have to be given: ` +
        `hooks: { ${missing.join(", ")} }. It uses ${places}`,
      { code: "AGENT_HOOK_MISSING", data: { source: this.source, missing } },
    );
  }

  /** @throws AgentFileError `AGENT_FILE_TOO_LARGE`. */
  checkDepth(depth: number): void {
    if (depth <= agentLimits.maxDepth) return;
    throw new AgentFileError(`The agents of ${this.source} are nested more than ${agentLimits.maxDepth} deep`, {
      code: "AGENT_FILE_TOO_LARGE",
      data: { source: this.source, limit: agentLimits.maxDepth },
    });
  }

  /** A function that the file names. That it is there was checked before. */
  hook({ hook }: HookRecord): AgentHook | undefined {
    return this.#hook(hook);
  }

  /** The caller's model, or one that is made of the file. */
  async model(record: ModelRecord, agent: string | undefined): Promise<Model> {
    const { model, apiKeys, allowHosts, env = process.env } = this.options;
    const given = typeof model === "function" ? await model(structuredClone(record), agent) : model;
    if (given) return given;
    const made = await makeModel(record, { source: this.source, apiKeys, allowHosts, env });
    if (isDisposable(made)) this.owned.push(made);
    return made;
  }

  /** The caller's tool of this name, if there is one. */
  givenTool(name: string): Tool | undefined {
    const { tools = {} } = this.options;
    return Object.hasOwn(tools, name) ? tools[name] : undefined;
  }

  /**
   * Makes a tool of smoltools, with what it was granted.
   *
   * @param grant - Asks for what it may do.
   */
  async builtIn(
    name: string,
    settings: JsonObject,
    grant: (permissions: Partial<Permissions>) => Promise<Permissions>,
    report: Report,
  ): Promise<Tool> {
    const kind = this.#builtInKind(name, settings);
    const { net } = await grant(kind.permissions(settings));
    return kind.make(settings, {
      fetch: hostFetch({ hosts: net.flatMap((host) => (host === "*" ? ["*", "*:80"] : host)), maxResponseBytes }),
      sandbox: (record) => this.sandbox(record, report),
    });
  }

  /** What a tool of smoltools may do with these settings. */
  builtInPermissions(name: string, settings: JsonObject): Partial<Permissions> {
    return this.#builtInKind(name, settings).permissions(settings);
  }

  sandbox(record: SandboxRecord, report: Report): Promise<SandboxProvider> {
    return makeSandbox(record, this.code, report);
  }

  #builtInKind(name: string, settings: JsonObject): BuiltInKind {
    const kind = builtInKindOf(name);
    const problem = kind ? settingsProblem(kind, settings) : "there is no such tool";
    if (kind && problem === "") return kind;
    throw new AgentFileError(
      `The agent of ${this.source} has the tool ${JSON.stringify(name)} of smoltools: ${problem}`,
      {
        code: "AGENT_TOOL_REFUSED",
        data: { source: this.source, name },
      },
    );
  }

  #hook(name: string): AgentHook | undefined {
    const { hooks = {} } = this.options;
    const hook = Object.hasOwn(hooks, name) ? hooks[name] : undefined;
    return typeof hook === "function" ? hook : undefined;
  }
}

function isDisposable(value: object): value is AsyncDisposable {
  return Symbol.asyncDispose in value && typeof value[Symbol.asyncDispose] === "function";
}
