import { configError } from "../agent-error.ts";
import { compileTemplate, type PromptTemplate } from "./prompt-template.ts";

/** The values of each template. */
export interface PromptTemplateValues {
  system: {
    /** Declarations of the tools and managed agents. */
    tools: string;
    /** A section that presents the managed agents; empty when there are none. */
    managedAgents: string;
    /** The user's instructions under their heading; empty when there are none. */
    instructions: string;
    /** What stands before and after code. */
    openTag: string;
    closeTag: string;
  };
  firstPlan: { task: string; tools: string; managedAgents: string };
  planUpdateBefore: { task: string };
  planUpdateAfter: { task: string; tools: string; managedAgents: string; stepsLeft: string };
  finalAnswerBefore: Record<never, string>;
  finalAnswerAfter: { task: string };
  managedTask: { name: string; task: string };
  managedReport: { name: string; answer: string };
  summary: { task: string };
}

/** The templates of an agent. Each can be replaced by itself. */
export type PromptTemplates = { [Key in keyof PromptTemplateValues]: PromptTemplate<PromptTemplateValues[Key]> };

/** The templates as functions. */
export type Prompts = { readonly [Key in keyof PromptTemplateValues]: (values: PromptTemplateValues[Key]) => string };

const valueNames: {
  readonly [Key in keyof PromptTemplateValues]: readonly (keyof PromptTemplateValues[Key] & string)[];
} = {
  system: ["tools", "managedAgents", "instructions", "openTag", "closeTag"],
  firstPlan: ["task", "tools", "managedAgents"],
  planUpdateBefore: ["task"],
  planUpdateAfter: ["task", "tools", "managedAgents", "stepsLeft"],
  finalAnswerBefore: [],
  finalAnswerAfter: ["task"],
  managedTask: ["name", "task"],
  managedReport: ["name", "answer"],
  summary: ["task"],
};

/**
 * Puts the caller's templates in place of the default ones.
 *
 * @throws AgentError `AGENT_CONFIG` that names the key: one that does not exist, has no template, or whose template
 *   uses a value that there is not.
 */
export function compilePrompts(defaults: PromptTemplates, overrides: Partial<PromptTemplates> = {}): Prompts {
  for (const key of Object.keys(overrides)) {
    if (!Object.hasOwn(valueNames, key)) {
      throw configError(`prompts.${key} is no prompt of an agent: there are ${Object.keys(valueNames).join(", ")}`);
    }
  }
  const templates: Readonly<Record<string, unknown>> = { ...defaults, ...overrides };
  const compiled = Object.entries(valueNames).map(([key, names]) => [
    key,
    compileTemplate(templates[key] as PromptTemplate, key, names),
  ]);
  return Object.fromEntries(compiled) as Prompts;
}
