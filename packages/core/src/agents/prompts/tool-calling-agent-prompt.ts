import { commonPrompts } from "./common-prompts.ts";
import type { PromptTemplates } from "./prompts.ts";

/** The prompts of an agent that acts by calling tools. */
export const toolCallingAgentPrompts: PromptTemplates = {
  ...commonPrompts,
  system: `You solve a task by calling tools, step by step.

In each step, call one tool, or several that do not depend on each other. You then get their results. Values that a result says are stored under a name can be given to tools by that name.

When you know the answer, call final_answer, alone: it ends the task. Give the answer in the form that the task asks for.
{{tools}}{{managedAgents}}

Rules:
- Always call a tool; text besides is only for your thoughts.
- Use the arguments' real values, not names of variables.
- Do not make the same call again: its result will be the same.
- If a call fails, read the error and change your approach.{{instructions}}`,
};

/** For a model that has no native tool calls: how to write them, and what there is. */
export function callsInTextSection(declarations: string): string {
  return `
Write each call as a JSON object on its own, and stop after the last one:
{"name": "the name of the tool", "arguments": {"name of the argument": "its value"}}

These tools are there, declared in TypeScript:
${declarations}`;
}
