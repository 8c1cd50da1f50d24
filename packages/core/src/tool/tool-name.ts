import { pythonKeywords } from "../schema/python/python-words.ts";
import { globalNames, reservedWords } from "../schema/typescript/reserved-words.ts";

/** What a tool may be called: an identifier of JavaScript and Python, and accepted by every model provider. */
export const toolNamePattern: RegExp = /^[a-zA-Z_][a-zA-Z0-9_]{0,62}$/;

/**
 * Says what is wrong with a tool's name.
 *
 * @returns `undefined` for a good name, else a sentence that tells what to do.
 */
export function toolNameProblem(name: unknown): string | undefined {
  if (typeof name !== "string" || name === "") return "it needs a name: a non-empty text";
  if (!toolNamePattern.test(name)) {
    return `"${name}" is not a tool name: use letters, digits and _, at most 63 of them, not starting with a digit`;
  }
  if (reservedWords.has(name) || pythonKeywords.has(name) || name === "finalAnswer") {
    return `"${name}" is a reserved word of JavaScript or Python: choose another name`;
  }
  // Whoever keeps things by the names of tools would set a prototype.
  if (name === "__proto__") return `"${name}" is a name that objects have of themselves: choose another name`;
  if (globalNames.has(name)) return `"${name}" would hide the global ${name} from code: choose another name`;
  return undefined;
}
