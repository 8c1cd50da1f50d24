import { codeTags } from "../parse-code.ts";

/** What the system prompt of a code agent is made of. */
export interface CodeAgentPromptParts {
  /** The tools as TypeScript declarations; empty when there are none. */
  declarations: string;
  /** The user's own instructions. */
  instructions?: string | undefined;
}

/** The system prompt of an agent that acts by writing JavaScript or TypeScript. */
export function codeAgentPrompt({ declarations, instructions }: CodeAgentPromptParts): string {
  const { open, close } = codeTags;
  const tools = declarations === "" ? "// There are no tools: use plain JavaScript." : declarations;
  const own = instructions ? `\n\nInstructions for this work:\n${instructions}` : "";
  return `You solve a task by writing JavaScript or TypeScript code that is run for you, step by step.

In each step:
1. Write a line "Thought:" that says what you do next and why.
2. Write the code between ${open} and ${close}, once, and stop.
3. You then get an observation: what the code printed with console.log, and the value of its last expression.

When you know the answer, call finalAnswer(value) in the code: it ends the task. Give the value in the form that the task asks for.

These functions are there besides standard JavaScript:
${open}
${tools}

// Gives the final answer and ends the task.
function finalAnswer(value: unknown): never;
${close}

Rules:
- Every function except finalAnswer is asynchronous: await it. Independent calls go faster in Promise.all.
- Pass arguments in the declared order, or all of them as one object: f({ name: value }).
- Variables live on from step to step, so do not compute or fetch the same thing twice.
- Look at a result before you rely on its form, unless its type is declared.
- There are no imports, no files and no network except through these functions.
- If something fails, read the error and change your approach.

Example of a step:
Thought: I compute the mean of the values and answer with it.
${open}
const values = [3, 5, 10];
const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
finalAnswer(mean);
${close}${own}`;
}

/** The prompts with which an answer is asked for when the steps have run out. */
export const outOfStepsPrompt: { before: string; after: (task: string) => string } = {
  before:
    "An agent worked on a task and used up its steps. You see its work. Answer the task from what it found out; " +
    "if something is missing, say what.",
  after: (task) => `The steps are used up. Answer this task now, in plain text and without code:\n${task}`,
};
