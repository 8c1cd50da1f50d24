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
  for (const { file, position } of framesOf(stack)) {
    if (file === files.body) return sourcePosition(position);
    if (file === files.functions) return position;
  }
  return undefined;
}

/** Where an error was thrown that the step did not throw itself. */
export interface Origin {
  /** The module, or nothing for the code of an earlier step. */
  module?: string;
  /** Name of the function, if it has one. */
  name?: string;
  line: number;
}

/** Where an error was thrown, when that was in a function of an earlier step or in a module. */
export function originElsewhere(stack: string, files: StepFiles, modulePrefix: string): Origin | undefined {
  for (const { file, name, position } of framesOf(stack)) {
    if (file === files.functions || file === files.body) return undefined;
    const module = file.startsWith(modulePrefix) ? file.slice(modulePrefix.length) : undefined;
    if (module === undefined && !/^step-\d+(?:-functions)?\.js$/.test(file)) continue;
    return { ...(module !== undefined && { module }), ...(name !== undefined && { name }), line: position.line };
  }
  return undefined;
}

interface Frame {
  name?: string;
  file: string;
  position: Position;
}

function* framesOf(stack: string): Generator<Frame> {
  for (const [, name, inside, bare, line, column] of stack.matchAll(framePattern)) {
    const file = inside ?? bare ?? "";
    const isNamed = name !== undefined && !name.startsWith("<");
    yield { ...(isNamed && { name }), file, position: { line: Number(line), column: Number(column) } };
  }
}

/** `at name (file:1:2)` or `at file:1:2`, with `async` before it in V8. */
const framePattern = /^\s*at (?:async )?(?:(.*?) \((.*)|(.*)):(\d+):(\d+)\)?$/gm;
