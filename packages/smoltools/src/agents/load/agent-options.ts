import type { Agent, PromptTemplates, SandboxProvider, Tool } from "@smoltools/core";
import { defaultPythonImports } from "@smoltools/adapters/sandboxes/python";
import {
  type AgentClass,
  AgentFileError,
  type AgentOptionsRecord,
  type HookRecord,
  type PromptRecord,
} from "@smoltools/hub";
import { isPromptKey } from "../jinja/prompt-data.ts";
import { jinjaPrompt } from "../jinja/jinja-prompt.ts";
import type { Report } from "../left-out.ts";
import { sandboxRecordOf } from "../parts/made-with.ts";
import { cappedLimits } from "../parts/sandbox-records.ts";
import type { Loading } from "./loading.ts";

/** What an agent is made of besides its options. */
export interface AgentParts {
  class: AgentClass;
  tools: readonly Tool[];
  managedAgents: readonly Agent[];
}

/** Options of an agent, as a program would write them. Their types are those of the class: it checks them itself. */
export async function agentOptions(
  record: AgentOptionsRecord,
  parts: AgentParts,
  loading: Loading,
  report: Report,
): Promise<Record<string, unknown>> {
  const { prompts, stopWhen, finalAnswerChecks, onStep, compaction, beforeToolCall, needsApproval, approve } = record;
  const { sandbox: sandboxRecord, fetch, limits, ...plain } = record;
  const hook = (named: HookRecord | undefined): unknown => named && loading.hook(named);
  const isCode = parts.class === "CodeAgent";
  const sandbox = isCode ? await sandboxFor(sandboxRecord, loading, report) : undefined;
  const capped = isCode ? cappedLimits(limits, loading.code, report) : limits;
  const options = {
    ...plain,
    prompts: prompts && (await promptsOf(prompts, record, parts, sandbox, loading, report)),
    stopWhen: hook(stopWhen),
    finalAnswerChecks: finalAnswerChecks?.map(hook),
    onStep: onStep && Object.fromEntries(Object.entries(onStep).map(([kind, hooks]) => [kind, hooks.map(hook)])),
    compaction: compaction && {
      ...compaction,
      ...(compaction.model && { model: await loading.model(compaction.model, record.name) }),
    },
    beforeToolCall: hook(beforeToolCall),
    needsApproval: needsApproval && "hook" in needsApproval ? hook(needsApproval) : needsApproval,
    approve: hook(approve),
    sandbox,
    fetch: hook(fetch),
    limits: capped,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

async function sandboxFor(
  record: AgentOptionsRecord["sandbox"],
  loading: Loading,
  report: Report,
): Promise<SandboxProvider | undefined> {
  if (record) return loading.sandbox(record, report);
  const { sandbox } = loading.options;
  return sandbox?.language === "javascript" ? sandbox : undefined;
}

async function promptsOf(
  prompts: Readonly<Record<string, PromptRecord>>,
  { instructions = "" }: AgentOptionsRecord,
  { tools, managedAgents }: AgentParts,
  sandbox: SandboxProvider | undefined,
  loading: Loading,
  report: Report,
): Promise<Partial<PromptTemplates>> {
  const made: Record<string, unknown> = {};
  const language = sandbox?.language ?? "javascript";
  const imports = (sandbox && sandboxRecordOf(sandbox)?.imports) ?? defaultPythonImports;
  for (const [key, prompt] of Object.entries(prompts)) {
    if (!isPromptKey(key)) {
      throw new AgentFileError(`The agent of ${loading.source} has a prompt "${key}", which no agent has`, {
        code: "AGENT_FILE_INVALID",
        data: { source: loading.source, key },
      });
    }
    if (typeof prompt === "string") made[key] = prompt;
    else if ("hook" in prompt) made[key] = loading.hook(prompt);
    else {
      const compiled = await jinjaPrompt(prompt.jinja, key, { language, tools, managedAgents, imports, instructions });
      if ("prompt" in compiled) made[key] = compiled.prompt;
      else report.add(`prompts.${key}`, compiled.problem, "the prompt of smoltools");
    }
  }
  return made;
}
