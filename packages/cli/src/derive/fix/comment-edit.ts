import { parseComment, type Tag } from "../jsdoc/parse-comment.ts";
import { parseParamTag } from "../jsdoc/param-tag.ts";
import { constraintKeywords } from "../jsdoc/constraint-keywords.ts";
import { canonicalTagName } from "../jsdoc/tag-names.ts";
import type { Repair } from "../problems/problem.ts";
import type { Edit } from "./edit.ts";
import type { SourceText } from "./source-text.ts";

type TagRepair = Extract<Repair, { kind: "tag" }>;

/** Adds what is missing to the comment on a function, or writes a comment; `undefined` when nothing can be added. */
export function commentEdit(repairs: readonly TagRepair[], source: SourceText): Edit | undefined {
  const [first] = repairs;
  if (!first) return undefined;
  const { comment, home } = first;
  const start = source.offset(home);
  if (!source.text.startsWith(first.start, start)) return undefined;
  if (!comment) {
    const indent = source.indent(start);
    const lines = ["/**", ...inOrder(repairs).map((repair) => ` * ${lineOf(repair)}`), " */"];
    return { start, end: start, text: lines.map((line) => `${line}${source.newline}${indent}`).join("") };
  }
  const written = source.at(comment);
  if (!/^\/\*\*[\s\S]*\*\/$/.test(written)) return undefined;
  const from = source.offset(comment);
  const edited = withLines(written, repairs, source.indent(from), source.newline);
  return edited === undefined ? undefined : { start: from, end: from + written.length, text: edited };
}

/** In the order of a comment: the description, the parameters in theirs, the result. */
function inOrder(repairs: readonly TagRepair[]): TagRepair[] {
  const rank = ({ tag, parameter, parameters }: TagRepair) =>
    tag === "param" ? parameters.indexOf(parameter ?? "") : tag === "returns" ? Number.POSITIVE_INFINITY : -1;
  return repairs.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

function lineOf({ tag, parameter }: TagRepair): string {
  if (tag === "description") return "TODO: say what it does and when to use it.";
  return tag === "returns" ? "@returns TODO: say what it returns." : `@param ${parameter} - TODO: say what it is for.`;
}

function withLines(
  written: string,
  repairs: readonly TagRepair[],
  indent: string,
  newline: string,
): string | undefined {
  const { tags } = parseComment(written);
  const missing = inOrder(repairs).filter((repair) => !isThere(repair, tags));
  if (missing.length === 0) return undefined;
  let edited = spread(written, indent, newline);
  for (const repair of missing) edited = withLine(edited, repair, `${indent} * ${lineOf(repair)}${newline}`);
  // In a code block that does not end, every line is code.
  const now = parseComment(edited).tags;
  return missing.every((repair) => isThere(repair, now)) ? edited : undefined;
}

/** What says nothing yet is there all the same. */
function isThere(repair: TagRepair, tags: readonly Tag[]): boolean {
  if (repair.tag === "description") return true;
  return tags.some((tag) => {
    if (canonicalTagName(tag.name) !== repair.tag) return false;
    return repair.tag === "returns" || nameOf(tag) === repair.parameter;
  });
}

function nameOf(tag: Tag): string | undefined {
  return parseParamTag(tag.text).path[0];
}

/** A comment whose last line holds nothing but its end, so that lines can be added before it. */
function spread(written: string, indent: string, newline: string): string {
  const body = written.slice(0, -2);
  if (/[\r\n][ \t]*$/.test(body)) return written;
  const text = body.replace(/[ \t*]*$/, "");
  if (/[\r\n]/.test(body)) return `${text}${newline}${indent} */`;
  const inside = text.replace(/^\/\*?\*?[ \t]*/, "");
  const line = inside === "" ? "" : `${indent} * ${inside}${newline}`;
  return `/**${newline}${line}${indent} */`;
}

/** Adds a line where it belongs: behind the parameters before it, else before those behind it and before other tags. */
function withLine(comment: string, { tag, parameter, parameters }: TagRepair, line: string): string {
  const { tags } = parseComment(comment);
  const rank = (name: string | undefined) => parameters.indexOf(name ?? "");
  const isBefore = (each: Tag) =>
    tag === "returns" || (rank(nameOf(each)) !== -1 && rank(nameOf(each)) < rank(parameter));
  const before = tags.findLast((each) => canonicalTagName(each.name) === "param" && isBefore(each));
  const from = before ? tags.indexOf(before) + 1 : 0;
  const next = tags.slice(from).find((each) => each.ownLine && !belongs(each, before));
  const at = next ? lineStart(comment, next.offset) : lineStart(comment, comment.length);
  return comment.slice(0, at) + line + comment.slice(at);
}

/** True for a tag that goes on about the parameter of the tag before it. */
function belongs(tag: Tag, before: Tag | undefined): boolean {
  if (!before) return false;
  if (canonicalTagName(tag.name) === "param") return nameOf(tag) === nameOf(before);
  return constraintKeywords.has(tag.name) && !["example", "deprecated"].includes(tag.name);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}
