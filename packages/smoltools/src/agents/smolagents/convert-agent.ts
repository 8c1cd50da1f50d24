import { defaultPythonImports } from "@smoltools/adapters/sandboxes/python";
import {
  type AgentClass,
  agentLimits,
  type AgentOptionsRecord,
  checkAgentClass,
  type PromptRecord,
} from "@smoltools/hub";
import type { Report } from "../left-out.ts";
import { isDefaultPrompt, isStructuredPrompt } from "./default-prompts.ts";

type File = Readonly<Record<string, unknown>>;

/** Where each prompt of smolagents belongs here. */
const promptKeys: Readonly<Record<string, string>> = {
  system_prompt: "system",
  "planning.initial_plan": "firstPlan",
  "planning.update_plan_pre_messages": "planUpdateBefore",
  "planning.update_plan_post_messages": "planUpdateAfter",
  "managed_agent.task": "managedTask",
  "managed_agent.report": "managedReport",
  "final_answer.pre_messages": "finalAnswerBefore",
  "final_answer.post_messages": "finalAnswerAfter",
};

/** Members that are read here or elsewhere. */
const known = new Set(
  `class tools model managed_agents prompt_templates max_steps verbosity_level planning_interval name description
   requirements authorized_imports executor_type executor_kwargs max_print_outputs_length`.split(/\s+/),
);

/**
 * The class of an agent that smolagents saved. Before version 1.14 files did not say; only code agents had imports.
 *
 * @throws AgentFileError `AGENT_CLASS_UNKNOWN`.
 */
export function classOf({ class: name, authorized_imports: imports }: File, source: string): AgentClass {
  if (name === undefined) return imports === undefined ? "ToolCallingAgent" : "CodeAgent";
  checkAgentClass(name, source);
  return name === "CodeAgent" ? name : "ToolCallingAgent";
}

/** The options of an agent that smolagents saved, as they are here. What has no place here goes into the report. */
export function convertOptions(file: File, kind: AgentClass, report: Report): AgentOptionsRecord {
  const { name, description, max_steps: maxSteps, planning_interval: planningInterval } = file;
  for (const [member, value] of Object.entries(file)) {
    if (!known.has(member) && value !== null) report.add(member, "there is nothing like it here");
  }
  if (typeof file["verbosity_level"] === "number" && file["verbosity_level"] !== 1) {
    report.add(
      "verbosity_level",
      "what is shown is the program's matter",
      "`overrides: { observers: [terminalLog()] }`",
    );
  }
  const prompts = convertPrompts(file["prompt_templates"], report);
  return {
    ...(isText(name) && { name }),
    ...(isText(description) && { description }),
    ...(isCount(maxSteps) && { maxSteps: capped(maxSteps, report) }),
    ...(isCount(planningInterval) && { planningInterval }),
    ...(Object.keys(prompts).length > 0 && { prompts }),
    ...(kind === "CodeAgent" && codeOptions(file, report)),
  };
}

function codeOptions(file: File, report: Report): AgentOptionsRecord {
  const { authorized_imports: imports, executor_type: executor, executor_kwargs: settings } = file;
  if (executor !== undefined && executor !== null && executor !== "local") {
    report.add(
      "executor_type",
      `"${String(executor).slice(0, 40)}" is not chosen by a file`,
      "the sandbox python; or `sandbox`",
    );
  }
  const names = isRecord(settings) ? Object.keys(settings) : [];
  // Never the values: keys of providers were written into files.
  if (names.length > 0)
    report.add("executor_kwargs", `a file does not set ${names.join(", ").slice(0, 200)}`, "`sandbox`");
  const listed = Array.isArray(imports) ? imports.filter(isText) : [];
  const packages = thirdParty(file["requirements"]);
  if (packages.length > 0) {
    report.add("requirements", `nothing is installed: ${packages.join(", ")}`, "`python: { imports, packages }`");
  }
  const output = file["max_print_outputs_length"];
  const system = isRecord(file["prompt_templates"]) ? file["prompt_templates"]["system_prompt"] : undefined;
  return {
    sandbox: {
      name: "python",
      language: "python",
      imports: listed.includes("*") ? "*" : [...new Set([...defaultPythonImports, ...listed])],
    },
    ...(isCount(output) && { limits: { maxOutputBytes: output } }),
    ...(isText(system) && isStructuredPrompt(system) && { structured: true }),
  };
}

function convertPrompts(templates: unknown, report: Report): Record<string, PromptRecord> {
  const prompts: Record<string, PromptRecord> = {};
  for (const [path, template] of texts(templates)) {
    if (isDefaultPrompt(template) || template.trim() === "") continue;
    const key = Object.hasOwn(promptKeys, path) ? promptKeys[path] : undefined;
    if (key !== undefined && template.length <= agentLimits.maxTextLength) prompts[key] = { jinja: template };
    else {
      const why = key === undefined ? "no agent here has such a prompt" : "it is too long";
      report.add(`prompt_templates.${path}`, why, "the prompts of smoltools");
    }
  }
  return prompts;
}

/** The texts of nested groups, by their paths; not deeper than smolagents has them. */
function texts(templates: unknown): [path: string, text: string][] {
  if (!isRecord(templates)) return [];
  return Object.entries(templates).flatMap(([key, value]): [string, string][] => {
    if (isText(value)) return [[key, value]];
    if (!isRecord(value)) return [];
    return Object.entries(value).flatMap(([inner, text]): [string, string][] =>
      isText(text) ? [[`${key}.${inner}`, text]] : [],
    );
  });
}

function capped(maxSteps: number, report: Report): number {
  if (maxSteps > agentLimits.maxSteps)
    report.add("max_steps", `${maxSteps} are too many`, String(agentLimits.maxSteps));
  return Math.min(maxSteps, agentLimits.maxSteps);
}

function thirdParty(requirements: unknown): string[] {
  if (!Array.isArray(requirements)) return [];
  const list: unknown[] = requirements;
  const standard = new Set([...defaultPythonImports.map((name) => name.split(".")[0]), "smolagents"]);
  return list
    .filter(isText)
    .filter((name) => !standard.has(name))
    .slice(0, 20);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
