import type { Position } from "./position.ts";
import type { Step } from "./transform.ts";

/** Under which names the two scripts of a step appear in stacks. */
export interface StepFiles {
  body: string;
  functions: string;
}

/** The names for one step. @param number - Tells the scripts of different steps apart. */
export function stepFiles(number: number): StepFiles {
  return { body: `step-${number}.js`, functions: `step-${number}-functions.js` };
}

/** Where in the source of a step an error was thrown: the innermost frame that is in the step. */
export function placeInStep(
  stack: string,
  files: StepFiles,
  { sourcePosition }: Pick<Step, "sourcePosition">,
): Position | undefined {
  for (const [, file, line, column] of stack.matchAll(/([\w-]+\.js):(\d+):(\d+)/g)) {
    const position = { line: Number(line), column: Number(column) };
    if (file === files.body) return sourcePosition(position);
    if (file === files.functions) return position;
  }
  return undefined;
}
