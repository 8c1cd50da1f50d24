import type { CodeToken } from "./code-tokens.ts";
import { declaringWords, type NameUse, patternBrackets } from "./name-use.ts";

/** Where a name stands in code of JavaScript or TypeScript. */
export function javascriptNameUses(tokens: readonly CodeToken[], name: string): NameUse[] {
  const patterns = patternBrackets(tokens);
  const uses: NameUse[] = [];
  for (const [index, { text, at, around }] of tokens.entries()) {
    if (text !== name) continue;
    const before = tokens[index - 1]?.text ?? "";
    const after = tokens[index + 1]?.text ?? "";
    const isInBraces = tokens[around]?.text === "{";
    const isMember = isInBraces && (before === "{" || before === ",") && isObject(tokens, around);
    const isShorthand = isMember && (after === "," || after === "}" || (after === "=" && !isLabelled(tokens, around)));
    const isKey = (isMember && after === "(") || (isInBraces && [";", "{", ","].includes(before) && after === ":");
    const isBound = patterns.has(around) || declaringWords.has(before) || (after === "=" && !isShorthand);
    let kind: NameUse["kind"] = isBound ? "bound" : "read";
    if (before === "." || isKey) kind = "attribute";
    else if (["function", "class", "import"].includes(before)) kind = "defined";
    else if (after === "(") kind = "called";
    uses.push({ at, kind, isShorthand });
  }
  return uses;
}

/** What stands in front of the brace of an object or a pattern, and not of a block. */
const beforeObjects: ReadonlySet<string> = new Set(
  "( , : [ ? & | ! ... ${ return const let var await yield typeof in of default".split(" "),
);

function isObject(tokens: readonly CodeToken[], brace: number): boolean {
  const before = tokens[brace - 1]?.text ?? "";
  return beforeObjects.has(before) || before.endsWith("=");
}

/** Whether the brace stands behind the colon of a label, such as that of a case: there are none in objects. */
function isLabelled(tokens: readonly CodeToken[], brace: number): boolean {
  const around = tokens[brace]?.around ?? -1;
  return tokens[brace - 1]?.text === ":" && !(tokens[around]?.text === "{" && isObject(tokens, around));
}
