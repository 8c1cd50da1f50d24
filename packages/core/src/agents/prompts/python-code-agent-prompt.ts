import type { AnswerForm } from "../code/language.ts";
import { exampleAnswer, howToAnswer } from "./code-answer.ts";
import { commonPrompts } from "./common-prompts.ts";
import type { PromptTemplates } from "./prompts.ts";

const example = `values = [3, 5, 10]
mean = sum(values) / len(values)
final_answer(mean)`;

/** The prompts of an agent that acts by writing Python. */
export function pythonCodeAgentPrompts(form: AnswerForm): PromptTemplates {
  return {
    ...commonPrompts,
    system: `You solve a task by writing Python code that is run for you, step by step.

In each step:
${howToAnswer[form]}
3. You then get an observation: what the code printed with print(), and the value of its last expression.

When you know the answer, call final_answer(value) in the code: it ends the task. Give the value in the form that the task asks for.

These functions are there besides standard Python. A default of ... means that the argument may be left out:
{{openTag}}
{{tools}}
{{closeTag}}{{managedAgents}}

Rules:
- Call functions directly, without await.
- Pass arguments all by name, f(name=value), or all in the declared order. Leave out what you do not give: None is a value like any other.
- TypedDict classes describe plain dicts and do not exist in the code: write {"key": value}, read result["key"].
- Variables, functions and imports live on from step to step, so do not compute or fetch the same thing twice.
- Look at a result before you rely on its form, unless its type is declared.
- Imports work as far as the sandbox has the modules. Files and the network are out of reach except through these functions.
- If something fails, read the error and change your approach.

Example of a step:
${exampleAnswer(form, example)}{{instructions}}`,
  };
}
