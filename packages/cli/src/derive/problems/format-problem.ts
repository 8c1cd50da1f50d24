import { graphemes } from "./display-width.ts";
import { lineStarts } from "./lines.ts";
import type { Problem } from "./problem.ts";

/** Columns of a source line that are shown. */
const maxWidth = 160;

/** Columns that are shown before the place, where the line is longer. */
const lead = 40;

/**
 * A problem for a person: `file:line:column  CODE message`, the line of source with the place underlined, and the fix
 * where there is one to tell.
 *
 * @param sourceText - The text of the file that the problem names.
 */
export function formatProblem(problem: Omit<Problem, "code"> & { code: string }, sourceText: string): string {
  const { file, line, column, code, message, fix } = problem;
  const head = `${file}:${line}:${column}  ${code} ${message}`;
  const source = lineOf(sourceText.replace(/^\uFEFF/, ""), line);
  if (source === undefined) return fix === "" ? head : `${head}\n  fix: ${fix}`;
  const { shown, underline } = underlined(source, problem);
  const gutter = " ".repeat(String(line).length);
  const lines = [head, `  ${line} | ${shown}`, `  ${gutter} | ${underline}`];
  if (fix !== "") lines.push(`  ${gutter} = fix: ${fix}`);
  return lines.join("\n");
}

function lineOf(text: string, line: number): string | undefined {
  const starts = lineStarts(text);
  const start = starts[line - 1];
  return start === undefined ? undefined : text.slice(start, starts[line]).trimEnd();
}

function underlined(
  line: string,
  { column, length }: Pick<Problem, "column" | "length">,
): { shown: string; underline: string } {
  const from = column - 1;
  const to = from + Math.max(1, length);
  let shown = "";
  let underline = "";
  let width = 0;
  let offset = 0;
  // What is far away on both sides is cut; characters that people see as one stay whole.
  const start = from > maxWidth - lead ? from - lead : 0;
  const near = line.slice(0, from + 2 * maxWidth).replace(/[\ud800-\udbff]$/, "");
  for (const { text, width: columns } of graphemes(near)) {
    const end = offset + text.length;
    const isMeant = offset < to && end > from;
    if (offset >= start && width + columns <= maxWidth) {
      // A tab is as wide as the one above it, wherever they end.
      underline += isMeant ? "^".repeat(columns) : text === "\t" ? "\t" : " ".repeat(columns);
      shown += printable(text);
      width += columns;
    }
    offset = end;
  }
  if (!underline.includes("^")) underline = underline.padEnd(underline.length + Math.max(0, from - offset)) + "^";
  return { shown, underline: underline.trimEnd() };
}

/** A source may hold what would command a terminal. */
function printable(grapheme: string): string {
  return grapheme.replace(/(?!\t)[\p{Cc}\u2028\u2029]|[\u202a-\u202e\u2066-\u2069]/gu, "\uFFFD");
}
