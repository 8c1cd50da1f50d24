import { intendedTag, isKnownTag, isOurTag } from "./tag-names.ts";

/** A tag of a JSDoc comment. Offsets count from the start of the comment. */
export interface Tag {
  name: string;
  /** What follows the name, up to the next tag; the margin of each line is taken away. */
  text: string;
  /** Of the `@`. */
  offset: number;
  textOffset: number;
  /** It is the first thing on its line. */
  ownLine: boolean;
}

/** A JSDoc comment, taken apart. */
export interface ParsedComment {
  /** What stands before the first tag. */
  text: string;
  tags: Tag[];
}

interface Line {
  text: string;
  offset: number;
}

/**
 * Takes a JSDoc comment apart.
 *
 * A tag begins at the start of a line. The tags that mean something for a tool also begin behind a space, so that a
 * description and its constraints fit on one line; every other `@word` within a line is text, as is everything in a
 * code span, in a fenced block, and from the second line of an example on. (TypeScript begins a tag at every ` @`, and
 * so cuts descriptions and examples short.)
 *
 * @param comment - From the opening slash to the closing one.
 */
export function parseComment(comment: string): ParsedComment {
  const parsed: ParsedComment = { text: "", tags: [] };
  let target: { text: string; name?: string } = parsed;
  let fenced = false;
  const append = (text: string) => (target.text += target.text === "" ? text : `\n${text}`);
  const begin = (tag: Tag) => {
    parsed.tags.push(tag);
    target = tag;
  };
  for (const line of contentLines(comment)) {
    const opening = fenced ? undefined : lineTag(line, target.name === "example");
    if (!opening) {
      if (/^\s*(?:```|~~~)/.test(line.text)) fenced = !fenced;
      else if (!fenced && target.name !== "example") {
        const [first, ...inline] = splitInline(line);
        append(first);
        inline.forEach(begin);
        continue;
      }
      append(line.text);
      continue;
    }
    const [first, ...inline] = splitInline({ text: opening.text, offset: opening.textOffset });
    begin({ ...opening, text: first });
    inline.forEach(begin);
  }
  parsed.text = parsed.text.trim();
  for (const tag of parsed.tags) tag.text = tag.name === "example" ? trimLines(tag.text) : tag.text.trim();
  return parsed;
}

/** The lines of a comment without its frame: the delimiters, the asterisks, one space behind each. */
function contentLines(comment: string): Line[] {
  const inside = comment.slice(3).replace(/\**\/$/, "");
  const lines: Line[] = [];
  let offset = 3;
  for (const [index, line] of inside.split("\n").entries()) {
    const margin = /^[ \t]*(?:\* ?)?/.exec(line)?.[0].length ?? 0;
    const start = index === 0 ? line.length - line.trimStart().length : margin;
    lines.push({ text: line.slice(start).trimEnd(), offset: offset + start });
    offset += line.length + 1;
  }
  return lines;
}

/** The tag that a line begins with. An example ends only at a tag that is known: its code may hold decorators. */
function lineTag(line: Line, inExample: boolean): Tag | undefined {
  const match = /^(\s*)@([A-Za-z][A-Za-z-]*)(?=[\s{]|$)[ \t]*/.exec(line.text);
  const [opening, indent = "", name = ""] = match ?? [];
  if (opening === undefined || (inExample && !isKnownTag(name))) return undefined;
  const text = line.text.slice(opening.length);
  const offset = line.offset + indent.length;
  return { name, text, offset, textOffset: line.offset + opening.length, ownLine: true };
}

/** Splits a line at the constraint tags within it: the text before them, then each. */
function splitInline(line: Line): [string, ...Tag[]] {
  // Code spans are blanked, so that their content is never a tag.
  const searchable = line.text.replace(/`[^`]*`/g, (span) => "`".repeat(span.length));
  const starts = [...searchable.matchAll(/(?<=\s)@([A-Za-z]+)(?:[ \t]+|$)/g)].filter(
    ([, name = ""]) => isOurTag(name) || intendedTag(name) !== undefined,
  );
  const tags = starts.map((start, index): Tag => {
    const textStart = start.index + start[0].length;
    const text = line.text.slice(textStart, starts[index + 1]?.index);
    const offset = line.offset + start.index;
    return { name: start[1] ?? "", text, offset, textOffset: line.offset + textStart, ownLine: false };
  });
  return [line.text.slice(0, starts[0]?.index).trimEnd(), ...tags];
}

/** Code keeps its indentation, but no blank lines around it. */
function trimLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}
