import type { Repair } from "../problems/problem.ts";
import type { Edit } from "./edit.ts";
import type { SourceText } from "./source-text.ts";

/**
 * Gives a comment, and the property behind it on its line, lines of their own; `undefined` where it is not clear what
 * the comment is about: behind a property and at the end of its line, it may be about that one.
 */
export function moveEdit({ comment }: Extract<Repair, { kind: "move" }>, source: SourceText): Edit | undefined {
  const written = source.at(comment);
  if (!/^\/\*\*[\s\S]*\*\/$/.test(written)) return undefined;
  const { text, newline } = source;
  const offset = source.offset(comment);
  const start = text.slice(0, offset).trimEnd().length;
  const end = offset + written.length;
  const [behind = ""] = /^[ \t]*/.exec(text.slice(end)) ?? [];
  const isLast = /^[ \t]*(?:[\r\n]|$)/.test(text.slice(end));
  if (isLast && text[start - 1] !== "{") return undefined;
  const indent = source.indent(offset);
  const inner = `${indent}${indent.includes("\t") || text.includes("\n\t") ? "\t" : "  "}`;
  const lead = `${newline}${inner}${written}`;
  return isLast ? { start, end, text: lead } : { start, end: end + behind.length, text: `${lead}${newline}${inner}` };
}
