import { existsSync } from "node:fs";
import {
  type AgentObserver,
  CodeAgent,
  loadAgent,
  modelFromEnvironment,
  type Tool,
  ToolCallingAgent,
  type ToolGate,
} from "smoltools";
import type { CommandContext } from "../cli/command.ts";
import { hubToken } from "../cli/hub/credentials.ts";
import { loadOptions } from "../cli/hub/load-options.ts";
import { listOption, textOption } from "../cli/line/option-values.ts";
import { printable } from "../cli/output/printable.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import type { AgentLimits } from "./agent-limits.ts";
import { loadTools } from "./load-tools.ts";
import type { Owned } from "./owned.ts";

/** What every agent of the command line gets. */
export interface AgentParts {
  limits: AgentLimits;
  gate: ToolGate;
  observers: readonly AgentObserver[];
}

type AnyAgent = CodeAgent | ToolCallingAgent;

/** The agent that a command line names, or one with the tools that it names. Disposing of `owned` ends it all. */
export async function agentOf(
  context: CommandContext,
  ref: string | undefined,
  parts: AgentParts,
  owned: Owned,
): Promise<AnyAgent> {
  const agent = ref === undefined ? await madeAgent(context, parts, owned) : await loadedAgent(context, ref, parts);
  owned.use(agent);
  return agent;
}

async function loadedAgent(
  context: CommandContext,
  ref: string,
  { limits, gate, observers }: AgentParts,
): Promise<AnyAgent> {
  const model = textOption(context, "model") === undefined ? undefined : await environmentModel(context);
  const { sandbox: toolSandbox, ...options } = loadOptions(context);
  const isFolder =
    existsSync(ref) && !/^[^./\\][^/\\]*\/[^/\\]+$/.test(ref) && !/^(?:\.{1,2}(?:[/\\]|$)|[/\\])/.test(ref);
  return loadAgent(isFolder ? `./${ref}` : ref, {
    ...options,
    toolSandbox,
    ...(model && { model }),
    allowHosts: listOption(context, "allow-host"),
    overrides: {
      ...gate,
      observers,
      ...(limits.maxSteps !== undefined && { maxSteps: limits.maxSteps }),
      ...(limits.budget && { budget: limits.budget }),
    },
    onReport: (report) => {
      for (const { field, why, instead } of report) {
        context.out.note(
          `left out ${printable(`${field}: ${why}${instead === undefined ? "" : `; ${instead} in its place`}`)}`,
        );
      }
    },
  });
}

async function madeAgent(
  context: CommandContext,
  { limits, gate, observers }: AgentParts,
  owned: Owned,
): Promise<AnyAgent> {
  const model = await environmentModel(context);
  const tools = await toolsOf(context, owned);
  const instructions = textOption(context, "instructions");
  const options = {
    model,
    tools,
    observers,
    ...gate,
    ...(instructions !== undefined && { instructions }),
    ...(limits.maxSteps !== undefined && { maxSteps: limits.maxSteps }),
    ...(limits.budget && { budget: limits.budget }),
  };
  return textOption(context, "kind") === "tool-calling" ? new ToolCallingAgent(options) : new CodeAgent(options);
}

async function toolsOf(context: CommandContext, owned: Owned): Promise<Tool[]> {
  const refs = listOption(context, "tools")
    .flatMap((text) => text.split(","))
    .map((ref) => ref.trim());
  const tools: Tool[] = [];
  for (const ref of refs.filter((ref) => ref !== "")) tools.push(...(await loadTools(context, ref, owned)));
  return tools;
}

/** @throws UsageError where nothing says how a model is reached. */
async function environmentModel(context: CommandContext) {
  const { env } = context;
  const model = textOption(context, "model");
  // Who has logged in to the Hugging Face Hub may ask its models.
  const token = hubToken("https://huggingface.co", env)?.token;
  const found = await modelFromEnvironment({
    ...env,
    HF_TOKEN: token,
    ...(model !== undefined && { SMOLTOOLS_MODEL: model }),
  });
  if (found) return found.model;
  throw new UsageError(
    "There is no model to ask: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, or log in with smoltools login",
  );
}
