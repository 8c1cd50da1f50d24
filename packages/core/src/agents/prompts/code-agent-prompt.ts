import type { AnswerForm } from "../code/language.ts";
import { exampleAnswer, howToAnswer } from "./code-answer.ts";
import { commonPrompts } from "./common-prompts.ts";
import type { PromptTemplates } from "./prompts.ts";

const example = `const values = [3, 5, 10];
const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
finalAnswer(mean);`;

/** The prompts of an agent that acts by writing JavaScript or TypeScript. */
export function codeAgentPrompts(form: AnswerForm): PromptTemplates {
  return {
    ...commonPrompts,
    system: `You solve a task by writing JavaScript or TypeScript code that is run for you, step by step.

In each step:
${howToAnswer[form]}
3. You then get an observation: what the code printed with console.log, and the value of its last expression.

When you know the answer, call finalAnswer(value) in the code: it ends the task. Give the value in the form that the task asks for.

These functions are there besides standard JavaScript:
{{openTag}}
{{tools}}
{{closeTag}}{{managedAgents}}

Rules:
- Every function except finalAnswer is asynchronous: await it. Independent calls go faster in Promise.all.
- Pass arguments in the declared order, or all of them as one object: f({ name: value }).
- Variables live on from step to step, so do not compute or fetch the same thing twice.
- Look at a result before you rely on its form, unless its type is declared.
- There are no imports, no files and no network except through these functions.
- If something fails, read the error and change your approach.

Example of a step:
${exampleAnswer(form, example)}{{instructions}}`,
  };
}
