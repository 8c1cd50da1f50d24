import type { ts } from "ts-morph";
import { constraintKeywords } from "../../jsdoc/constraint-keywords.ts";
import type { TypeScript } from "./load-typescript.ts";

/** Stands for `@`; of the same length, and in no source. */
const mask = "\u0001";

/**
 * Hides the constraint tags of a JavaScript file from the compiler, which reads types from its comments: a tag that
 * it does not know ends a `@typedef`, and the properties behind it would be lost.
 *
 * @returns The text with as many characters as before.
 */
export function maskConstraintTags(ts: TypeScript, path: string, text: string): string {
  if (!/\.[cm]?jsx?$/.test(path) || !/@(?:typedef|param|property)\b/.test(text)) return text;
  const tag = new RegExp(`(?<=\\s)@(?=(?:${[...constraintKeywords.keys()].join("|")})\\b)`, "g");
  let masked = text;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) {
      const comment = text.slice(node.pos, node.end).replace(tag, mask);
      masked = masked.slice(0, node.pos) + comment + masked.slice(node.end);
      return;
    }
    node.getChildren(file).forEach(visit);
  };
  visit(file);
  return masked;
}

/** A comment as it was before {@link maskConstraintTags}. */
export function unmaskConstraintTags(comment: string): string {
  return comment.replaceAll(mask, "@");
}
