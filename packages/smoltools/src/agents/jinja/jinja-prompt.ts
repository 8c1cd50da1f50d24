import type { PromptTemplate, PromptTemplates, PromptValues } from "@smoltools/core";
import { compileTemplate } from "./compile-template.ts";
import { promptData, type PromptScope, promptVariables } from "./prompt-data.ts";

type PromptFunction = Extract<PromptTemplate<never>, (...args: never[]) => unknown>;

const templates = new WeakMap<PromptFunction, string>();

/**
 * A prompt that renders a Jinja template with the variables that smolagents has for it.
 *
 * @returns The prompt, or why the template is not used.
 */
export async function jinjaPrompt(
  template: string,
  key: keyof PromptTemplates,
  scope: PromptScope,
): Promise<{ prompt: (values: PromptValues) => string } | { problem: string }> {
  const variables = promptVariables[key];
  const compiled = await compileTemplate(template, variables);
  if ("problem" in compiled) return compiled;
  const prompt = (values: PromptValues): string => compiled.render(promptData(values, scope));
  templates.set(prompt, template);
  return { prompt };
}

/** The Jinja template that a prompt renders; `undefined` for a function of the program. */
export function templateOf(prompt: PromptFunction): string | undefined {
  return templates.get(prompt);
}
