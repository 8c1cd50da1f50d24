import { configError } from "../agent-error.ts";

/** The values that a template may use, by name. All of them are texts that are ready to be put in. */
export type PromptValues = Readonly<Record<string, string>>;

/**
 * A prompt with gaps: a text with `{{name}}` where a value goes, or a function of the values.
 *
 * A text can be saved with the agent; a function cannot.
 */
export type PromptTemplate<Values extends PromptValues = PromptValues> = string | ((values: Values) => string);

const gap = /\{\{([^{}]*)\}\}/g;

/**
 * Makes a template into a function.
 *
 * @param key - Where the template stands, for errors: `planning.first`.
 * @param names - The values that there are.
 * @throws AgentError `AGENT_CONFIG` when the template names a value that there is not, or is no template at all.
 */
export function compileTemplate<Values extends PromptValues>(
  template: PromptTemplate<Values>,
  key: string,
  names: readonly (keyof Values & string)[],
): (values: Values) => string {
  if (typeof template === "function") return template;
  if (typeof template !== "string") {
    throw configError(`prompts.${key} is missing: give a text or a function, or leave the key out for the default one`);
  }
  for (const [, inside = ""] of template.matchAll(gap)) {
    const name = inside.trim();
    if (names.some((known) => known === name)) continue;
    const known = names.map((each) => `{{${each}}}`).join(", ");
    throw configError(`prompts.${key} uses {{${name}}}, which has no value: it may use ${known}`);
  }
  return (values) => template.replace(gap, (_, inside: string) => values[inside.trim()] ?? "");
}
