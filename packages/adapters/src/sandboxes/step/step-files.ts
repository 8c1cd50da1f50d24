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

/**
 * The frames of a stack: lines such as `at name (file:1:2)` or `at file:1:2`, with `async` before it in V8.
 *
 * Code can make its errors any stack: the time that this takes grows with its length, and no faster.
 */
function* framesOf(stack: string): Generator<Frame> {
  for (const line of stack.split("\n")) {
    const text = line.trimStart();
    const place = placePattern.exec(text);
    if (!place || !text.startsWith(mark)) continue;
    const [name, file] = calleeOf(text.slice(mark.length, place.index));
    const isNamed = name !== undefined && !name.startsWith("<");
    yield { ...(isNamed && { name }), file, position: { line: Number(place[1]), column: Number(place[2]) } };
  }
}

/** Reads `name (file` or `file`. */
function calleeOf(text: string): [name: string | undefined, file: string] {
  const callee = text.startsWith("async ") ? text.slice("async ".length) : text;
  const end = callee.indexOf(" (");
  return end < 0 ? [undefined, callee] : [callee.slice(0, end), callee.slice(end + 2)];
}

const mark = "at ";
const placePattern = /:(\d{1,9}):(\d{1,9})\)?$/;
