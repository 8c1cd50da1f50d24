/** What a tool may be called: an identifier of JavaScript and Python, and accepted by every model provider. */
export const toolNamePattern: RegExp = /^[a-zA-Z_][a-zA-Z0-9_]{0,62}$/;

/** Reserved words of JavaScript (strict mode) and Python, and the names that every sandbox defines itself. */
const reserved: ReadonlySet<string> = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends
   false finally for function if implements import in instanceof interface let new null package private protected
   public return static super switch this throw true try typeof undefined var void while with yield
   and as assert async def del elif except from global is lambda nonlocal not or pass raise None True False
   console finalAnswer globalThis`.split(/\s+/),
);

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
  if (reserved.has(name)) return `"${name}" is a reserved word of JavaScript or Python: choose another name`;
  return undefined;
}
