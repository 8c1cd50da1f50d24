import { applyEdits, placeBefore, type TextEdit } from "../text-edits.ts";

/** Name of the interface that holds the types of the variables of earlier steps. */
export const variablesType = "SmoltoolsVariables";

const open = "return async () => {\n";
const close = "\n}; });\n";

/**
 * A step as a file that TypeScript can check: the body of an asynchronous function, inside one whose variables are
 * those of earlier steps. So the code may `await` and `return` at its top level, and declare names again.
 */
export class StepFile {
  readonly text: string;
  /** Where the block begins and ends that the code is in. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly #code: string;
  readonly #edits: readonly TextEdit[];

  /**
   * @param variables - Those that the code mentions, with their types as text.
   * @param edits - Changes of the code, by places of the original.
   */
  constructor(code: string, variables: readonly (readonly [name: string, type: string])[], edits: readonly TextEdit[]) {
    const outer = variables.map(([name, type]) => `var ${name}: ${type}; `).join("");
    const head = `void (async () => { ${outer}${open}`;
    this.text = head + applyEdits(code, edits) + close;
    this.bodyStart = head.length - "{\n".length;
    this.bodyEnd = this.text.length - "; });\n".length;
    this.#code = code;
    this.#edits = [...edits];
  }

  /** The place in the code that a place in the file stands for. */
  placeInCode(place: number): number {
    const inCode = placeBefore(place - this.bodyStart - "{\n".length, this.#edits);
    return Math.min(Math.max(inCode, 0), this.#code.length);
  }

  /** Line and column in the code, from 1. Lines end with `\n`. */
  position(place: number): { line: number; column: number } {
    const before = this.#code.slice(0, this.placeInCode(place));
    return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
  }
}
